using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Triggers;

namespace StackHub.Privacy.Consent;

/// <summary>
/// Reads the flags of everybody who opted out in every system again, since a tool may change them without telling. What was flipped back is
/// taken in like any change: it raises the alarm, and the opt-out is written once more. Whoever has an address that spoke is told of it, also
/// where several have it.
/// </summary>
public sealed class ConsentCheck(HubModel model, RecordStore records, ConsentLedger ledger, ConsentUpkeep upkeep, IReadAgain reader) : ITimerHandler
{
    private const int PageSize = 200;

    public string Name => TriggerTable.ConsentCheck.Name;

    public TimeSpan Every => TriggerTable.ConsentCheck.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (model.Purposes.All.IsEmpty)
            return;
        var speakers = await ledger.SubjectsAsync(cancellationToken);
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            await CheckAsync([.. page.Where(record => record is { Kind: RecordKind.Person, MergedInto: null } && IsConcerned(record, speakers))], cancellationToken);
        }
        while (next is not null);
    }

    private async Task CheckAsync(HubRecord[] people, CancellationToken cancellationToken)
    {
        await reader.ReadAgainAsync([.. people.SelectMany(Flagged)], cancellationToken);
        foreach (var person in people)
            await upkeep.RunAsync(person.Id, cancellationToken);
    }

    private bool IsConcerned(HubRecord record, IReadOnlySet<ConsentSubject> speakers) =>
        ConsentMark.Of(record).Count > 0 || ConsentRules.Flags(record, model.Purposes).Any() || ledger.SubjectsOf(record).Any(speakers.Contains);

    /// <summary>Where the person is, in systems that have a flag of something refused.</summary>
    private IEnumerable<ExternalRef> Flagged(HubRecord record)
    {
        var permissions = new RecordPermissions(record, model.Purposes);
        var flags = model.Purposes.All.Where(purpose => purpose.Flag is not null && permissions.StandingOf(purpose).State == ConsentState.Refused).Select(purpose => purpose.Flag!).ToHashSet(StringComparer.Ordinal);
        return record.Links.Where(link => link.Active && model.Systems.TryGetValue(link.Ref.System, out var system) && system.Maps.TryGetValue(link.Ref.ObjectType, out var map) && map.Fields.Any(field => flags.Contains(field.Map.Field)))
            .Select(link => link.Ref);
    }
}
