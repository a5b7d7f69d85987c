using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>The value of a flag that refuses purposes: what the ledger says, where it says anything.</summary>
public static class ConsentFlag
{
    private static readonly FieldValue On = new("true");
    private static readonly FieldValue Off = new("false");

    /// <param name="otherwise">What the field's policy makes of the systems' claims.</param>
    public static Decision? Over(CanonicalView view, string field, Decision? otherwise)
    {
        var purposes = view.Permissions.Purposes;
        if (view.Record.Kind != RecordKind.Person || !purposes.IsFlag(field))
            return otherwise;
        Decision? granted = null;
        foreach (var purpose in purposes.FlaggedBy(field))
        {
            var standing = view.Permissions.StandingOf(purpose);
            if (standing is { State: ConsentState.Refused, By: { } refusal })
                return Of(view.Record, On, refusal, RecordPermissions.Reason(purpose, standing));
            if (standing is { State: ConsentState.Granted, By: { } consent })
                granted ??= Of(view.Record, Off, consent, RecordPermissions.Reason(purpose, standing));
        }
        return granted ?? otherwise;
    }

    private static Decision Of(HubRecord record, FieldValue value, ConsentMark by, string reason)
    {
        var author = by.Source == ConsentMark.Person ? HubAuthor.System : new SystemId(by.Source);
        var winner = record.Links.FirstOrDefault(link => link.Ref.System == author)?.Ref ?? HubAuthor.Of(record.Id, record.Kind);
        return new(value, new(author, by.At), winner, reason);
    }
}
