using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Privacy.Consent;

/// <summary>The decisions about consent, without clock or store.</summary>
public static class ConsentRules
{
    /// <summary>Clocks differ by so much; what comes from further ahead would outrank everything said until then.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Why a statement cannot be taken; null when it can.</summary>
    public static string? Problem(ConsentStatement statement, HubModel model, DateTimeOffset now) => statement switch
    {
        _ when model.Purposes.Find(statement.Purpose) is null => "there is no such purpose",
        _ when statement.Source != ConsentMark.Person && !model.Systems.ContainsKey(new(statement.Source)) => "there is no such system",
        _ when statement.At > now + Ahead => "it is dated in the future",
        { IsOptIn: true, Proof: null or "" } => "a consent needs a proof of how it was given",
        { IsOptIn: true, Basis: not ConsentBasis.Consent } => "only a consent opts in",
        { IsOptIn: false, Basis: ConsentBasis.Consent } => "a consent does not opt out",
        _ when model.Purposes.Find(statement.Purpose)!.Channel is { } channel && statement.Channel is { } other && other != channel => "the purpose has another channel",
        _ => null,
    };

    public static ConsentEvent Event(ConsentStatement statement, PurposeSet purposes) => new(statement.Purpose, statement.IsOptIn, statement.Basis, statement.Source, statement.At)
    {
        Channel = statement.Channel ?? purposes.Find(statement.Purpose)?.Channel,
        Proof = statement.Proof,
    };

    /// <summary>An objection to direct marketing: every such purpose at once, and no other. Nothing is weighed.</summary>
    public static ImmutableArray<ConsentStatement> Objection(PurposeSet purposes, DateTimeOffset at, string? proof) =>
        OptOuts(purposes, PurposeUse.DirectMarketing, ConsentBasis.Objection, at, proof);

    /// <summary>An opt-out of sale and sharing: every such purpose at once.</summary>
    public static ImmutableArray<ConsentStatement> SaleOptOut(PurposeSet purposes, ConsentBasis basis, DateTimeOffset at, string? proof) =>
        OptOuts(purposes, PurposeUse.Sale, basis, at, proof);

    /// <summary>
    /// What the tools' own flags say: an opt-out wherever one was set. A flag that is off says nothing, since it also is where nobody was
    /// ever asked.
    /// </summary>
    public static IEnumerable<ConsentEvent> Flags(HubRecord record, PurposeSet purposes) =>
        from purpose in purposes.All
        where purpose.Flag is not null
        from link in Spoken(record)
        from said in link.Cell(purpose.Flag!).State.Authored
        where said.Value.Text == "true"
        select new ConsentEvent(purpose.Name, IsOptIn: false, ConsentBasis.ToolFlag, link.Ref.System.Name, said.At) { Channel = purpose.Channel, Proof = link.Ref.ToString() };

    /// <summary>What holds for each purpose. The record lags behind what was said for a moment: both are folded.</summary>
    /// <param name="said">Events of the ledger, and of the tools' flags where they are wanted.</param>
    public static IReadOnlyDictionary<string, ConsentStanding> Standings(HubRecord record, IReadOnlyCollection<ConsentEvent> said, PurposeSet purposes) => purposes.All.ToDictionary(
        purpose => purpose.Name,
        purpose => ConsentStanding.Of(ConsentMark.Of(record).Where(mark => mark.Purpose == purpose.Name).Concat(said.Where(one => one.Purpose == purpose.Name).Select(one => one.Mark))));

    /// <summary>Marks that the record lacks: the newest word of each source, where the record has none or an older one.</summary>
    public static IEnumerable<ConsentMark> Missing(HubRecord record, IEnumerable<ConsentEvent> events)
    {
        var known = ConsentMark.Of(record).ToHashSet();
        return ConsentStanding.Newest(events.Select(said => said.Mark with { At = DateTimeOffset.FromUnixTimeMilliseconds(said.At.ToUnixTimeMilliseconds()) }).Concat(known)).Where(mark => !known.Contains(mark));
    }

    /// <summary>
    /// Flags that were on in a system and are off there by the system's own doing, while the opt-out they stood for still stands.
    /// </summary>
    public static IEnumerable<RevertedOptOut> Reverted(HubRecord record, PurposeSet purposes)
    {
        var permissions = new RecordPermissions(record, purposes);
        return
            from purpose in purposes.All
            where purpose.Flag is not null
            let standing = permissions.StandingOf(purpose)
            where standing.State == ConsentState.Refused
            from link in Spoken(record)
            where link.Active
            let cell = link.Cell(purpose.Flag!)
            where cell.State.Claim is { Value.Text: not "true" } claim && claim.At >= standing.By!.Value.At && WasOn(cell, claim.At)
            select new RevertedOptOut(record.Id, link.Ref.System, purpose.Flag!, cell.State.Claim!.Value.At);
    }

    public static FieldWrite Write(RecordId record, ConsentMark mark) => new(record, mark.At, new Dictionary<string, string?> { [mark.Field] = mark.Value });

    private static ImmutableArray<ConsentStatement> OptOuts(PurposeSet purposes, PurposeUse use, ConsentBasis basis, DateTimeOffset at, string? proof) =>
        [.. purposes.All.Where(purpose => purpose.Use == use).Select(purpose => new ConsentStatement(purpose.Name, IsOptIn: false, basis, at) { Proof = proof })];

    private static IEnumerable<LinkedRecord> Spoken(HubRecord record) => record.Links.Where(link => link.MovedTo is null && link.Ref.System != HubAuthor.System);

    private static bool WasOn(Cell cell, DateTimeOffset before) =>
        cell.State.Authored.Any(said => said.At < before && said.Value.Text == "true") || cell.Written.Any(write => !write.Unanswered && write.At <= before && write.Value.Text == "true");
}
