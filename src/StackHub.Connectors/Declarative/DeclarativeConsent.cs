using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>The switch that is a call of its own. An opt-out that could not be written is never told as stored.</summary>
internal sealed class DeclarativeConsent(DeclarativeApi api, ObjectSpec type)
{
    /// <summary>Who is new has opted out of nothing, so only an opt-out is sent; without it the record is told as existing, and written again.</summary>
    public async Task<WriteOutcome?> AfterCreateAsync(RecordWrite write, WriteOutcome.Stored stored, CancellationToken cancellationToken)
    {
        if (type.Consent is not { } consent || Wanted(consent, write) is not true)
            return stored;
        try
        {
            return await SendAsync(consent.OptOut, stored, cancellationToken) is null ? stored : new WriteOutcome.Existing(stored.Ref);
        }
        catch (VendorUnavailableException) // the record is there all the same, and its opt-out is due at the next write
        {
            return new WriteOutcome.Existing(stored.Ref);
        }
    }

    public async Task<WriteOutcome> AfterUpdateAsync(RecordWrite write, WriteOutcome.Stored stored, CancellationToken cancellationToken)
    {
        if (type.Consent is not { } consent || Wanted(consent, write) is not { } isOptOut)
            return stored;
        if ((isOptOut ? consent.OptOut : consent.OptIn) is not { } request)
            return new WriteOutcome.Refused("no-opt-in", "The vendor takes no opt-out back by its API.", consent.Field);
        return (await SendAsync(request, stored, cancellationToken))?.Outcome() ?? stored;
    }

    private async Task<VendorFault?> SendAsync(RequestSpec request, WriteOutcome.Stored stored, CancellationToken cancellationToken) =>
        (await api.SendAsync(request, api.Names.With("id", stored.Ref.Id), 1, cancellationToken)).Fault;

    private static bool? Wanted(ConsentSpec consent, RecordWrite write) =>
        write.Fields.Where(field => field.VendorField == consent.Field).Select(field => (bool?)(field.Value.Text == "true")).FirstOrDefault();
}
