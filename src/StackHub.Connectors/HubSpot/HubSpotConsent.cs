using StackHub.Connecting;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// Writes the e-mail opt-out through the communication preferences, since the property of it is read-only
/// (https://developers.hubspot.com/docs/guides/api/marketing/subscriptions-preferences). All of a batch go in one call.
/// </summary>
internal sealed class HubSpotConsent(HubSpotApi api, HubSpotReader reader, HubSpotOptions options)
{
    private const string Field = HubSpotObject.OptOut;

    public async Task WriteAsync(HubSpotObject type, IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var wanted = Wanted(writes, outcomes);
        if (type != HubSpotObject.Contacts || wanted.Count == 0)
            return;
        try
        {
            var subscribers = await EmailsAsync(wanted, outcomes, cancellationToken).ConfigureAwait(false);
            await OptOutAsync(subscribers.FindAll(s => s.OptOut), outcomes, cancellationToken).ConfigureAwait(false);
            await OptInAsync(subscribers.FindAll(s => !s.OptOut), outcomes, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the rest of the record is stored; writing it again does no harm
        {
            foreach (var (index, _) in wanted)
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
        }
    }

    private static List<(int Index, RecordWrite Write)> Wanted(IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes) =>
        [.. writes.Index().Where(w => outcomes[w.Index] is WriteOutcome.Stored && w.Item.Fields.Any(f => f.VendorField == Field))];

    /// <summary>The addresses to speak of: as written now, else as HubSpot has them.</summary>
    private async Task<List<Subscriber>> EmailsAsync(List<(int Index, RecordWrite Write)> wanted, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var unknown = wanted.Where(w => Written(w.Write) is null).Select(w => IdOf(outcomes[w.Index])).ToList();
        var read = unknown.Count == 0 ? null : await reader.OneAsync(HubSpotObject.Contacts, HubSpotObject.Email, unknown, cancellationToken).ConfigureAwait(false);
        var subscribers = new List<Subscriber>();
        foreach (var (index, write) in wanted)
        {
            var email = Written(write) ?? read?.GetValueOrDefault(IdOf(outcomes[index]));
            if (email is null)
                outcomes[index] = new WriteOutcome.Refused("NO_EMAIL", "HubSpot keeps consent by address, and this contact has none.", Field);
            else
                subscribers.Add(new(index, email, write.Fields.First(f => f.VendorField == Field).Value.Text == "true"));
        }

        return subscribers;
    }

    private async Task OptOutAsync(List<Subscriber> subscribers, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (subscribers.Count == 0)
            return;
        var emails = subscribers.Select(s => s.Email).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var reply = await api.UnsubscribeAllAsync(emails, cancellationToken).ConfigureAwait(false);
        if (reply.Error is not null && subscribers.Count > 1)
        {
            await OptOutAsync(subscribers[..(subscribers.Count / 2)], outcomes, cancellationToken).ConfigureAwait(false);
            await OptOutAsync(subscribers[(subscribers.Count / 2)..], outcomes, cancellationToken).ConfigureAwait(false);
            return;
        }

        Settle(subscribers, reply, outcomes);
    }

    private async Task OptInAsync(List<Subscriber> subscribers, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (subscribers.Count == 0)
            return;
        if (options.OptInSubscription is not { } subscription)
        {
            foreach (var subscriber in subscribers)
                outcomes[subscriber.Index] = new WriteOutcome.Refused("OPT_IN_NOT_CONFIGURED", "HubSpot takes an opt-out back only for a named subscription: set 'optInSubscription'.", Field);
            return;
        }

        var statuses = subscribers.ConvertAll(s => new HubSpotStatus(s.Email, subscription, "SUBSCRIBED", "EMAIL", options.OptInLegalBasis, "Recorded by StackHub"));
        Settle(subscribers, await api.SubscribeAsync(statuses, cancellationToken).ConfigureAwait(false), outcomes);
    }

    private static void Settle(List<Subscriber> subscribers, HubSpotReply<HubSpotStatuses> reply, WriteOutcome[] outcomes)
    {
        var answered = (reply.Answer?.Results ?? []).Select(r => r.SubscriberIdString).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var subscriber in subscribers)
        {
            var error = reply.Error ?? (reply.Answer?.Errors is [var first, ..] ? first : null);
            outcomes[subscriber.Index] = error is null || answered.Contains(subscriber.Email)
                ? With((WriteOutcome.Stored)outcomes[subscriber.Index], subscriber.OptOut)
                : new WriteOutcome.Refused(HubSpotErrors.Code(error), error.Message ?? "HubSpot gave no reason.", Field);
        }
    }

    private static WriteOutcome.Stored With(WriteOutcome.Stored stored, bool optOut) =>
        stored with { Values = new Dictionary<string, string?>(stored.Values ?? new Dictionary<string, string?>()) { [Field] = optOut ? "true" : "false" } };

    private static string? Written(RecordWrite write) => write.Fields.FirstOrDefault(f => f.VendorField == HubSpotObject.Email).Value.Text;

    private static string IdOf(WriteOutcome outcome) => ((WriteOutcome.Stored)outcome).Ref.Id;

    private readonly record struct Subscriber(int Index, string Email, bool OptOut)
    {
        public override string ToString() => "[subscriber]";
    }
}
