using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Sync.Explain;

/// <summary>Answers "why does this field have this value?" from the record itself.</summary>
public sealed class Explainer(HubModel model, RecordStore records, RecordFinder finder, Redirects redirects, SyncTargets targets)
{
    /// <param name="query">A record id, an e-mail address, a domain, or a vendor's record as "system/type/id".</param>
    public async Task<Explanation?> ExplainAsync(string query, CancellationToken cancellationToken) =>
        await finder.FindAsync(query, cancellationToken) is { } id && await records.ReadAsync(id, cancellationToken) is { } stored ? Of(stored.Record) : null;

    public Explanation Of(HubRecord record)
    {
        var view = model.View(record, redirects.Follow);
        return new(
            record.Id,
            record.Kind,
            [.. record.Links.Select(link => new ExplainedLink(link.Ref, link.Active, link.SeenAt, link.DeletedAt, link.MovedTo))],
            [.. model.Fields[record.Kind].Values.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => Field(view, field)).OfType<ExplainedField>()])
        {
            MergedInto = record.MergedInto,
            Absorbed = [.. record.Absorbed],
            Contested = record.Contested,
            RestrictedSince = view.Permissions.RestrictedSince,
            Purposes = record.Kind == RecordKind.Person ? [.. model.Purposes.All.Select(purpose => Purpose(view, purpose))] : [],
            Withheld = [.. targets.Withheld(record)],
        };
    }

    private static ExplainedPurpose Purpose(CanonicalView view, Purpose purpose)
    {
        var standing = view.Permissions.StandingOf(purpose);
        var allowed = purpose.Allows(standing.State);
        return new(purpose.Name, allowed, allowed && standing.By is null ? $"nobody refused {purpose.Name}" : RecordPermissions.Reason(purpose, standing));
    }

    private ExplainedField? Field(CanonicalView view, FieldDefinition field)
    {
        var record = view.Record;
        var candidates = Resolve.Candidates(record, field, redirects.Follow);
        var holdings = record.Links.Where(link => link.Active).Select(link => Holding(link, field)).OfType<ExplainedHolding>().ToArray();
        if (view.Decide(field.Name) is not { } decision)
            return holdings.Length == 0 ? null : new(field.Name, null, null, null, field.Policy.ToString(), "no system ever authored a value", [], holdings);
        var losers = candidates.Where(candidate => candidate.Link != decision.Winner).Order().Reverse().Select(candidate => Loser(candidate, decision)).ToArray();
        return new(field.Name, decision.Value.Text, decision.Winner, decision.Source.At, field.Policy.ToString(), decision.Reason, losers, holdings)
        {
            FrozenSince = record.Frozen.TryGetValue(field.Name, out var since) ? since : null,
        };
    }

    private static ExplainedClaim Loser(Candidate candidate, Decision decision) => new(candidate.Link, candidate.Value.Text, candidate.At,
        candidate.Value == decision.Value ? "says the same"
        : !candidate.Active ? "its record was deleted there"
        : candidate.At < decision.Source.At ? "authored earlier"
        : candidate.At == decision.Source.At ? "authored at the same time; ties break by value"
        : "authored later, but the policy prefers the other");

    private static ExplainedHolding? Holding(LinkedRecord link, FieldDefinition field)
    {
        if (!link.Cells.TryGetValue(field.Name, out var cell) || cell.State.Held is not { } held)
            return null;
        return cell.State.HeldWrite is not { } write
            ? new(link.Ref, held.Text, "authored there")
            : new(link.Ref, held.Text, write.IsPlaceholder ? "placeholder written by the hub" : held == write.Value ? "written by the hub" : "written by the hub, in the system's own form")
            {
                WrittenAt = write.At,
                OnBehalfOf = write.Author,
                Trace = write.Trace,
            };
    }
}
