using System.Collections.Frozen;
using StackHub.Flows;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Reports;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Sync.Explain;
using StackHub.Web.Routing;
using StackHub.Web.Lifecycle;

namespace StackHub.Web.Records;

/// <summary>Everything the hub knows of one record, and why.</summary>
public sealed record RecordModel(RecordName Name, Explanation Why, IReadOnlyList<RecordLink> Links, IReadOnlyList<RecordField> Fields, IReadOnlyList<MergeEntry> Merges, IReadOnlyList<TimelineEntry> Timeline)
{
    public const int MaxTimeline = 200;

    /// <summary>Names of the records it refers to and was merged with.</summary>
    public required IReadOnlyDictionary<RecordId, RecordName> Others { get; init; }

    /// <summary>Systems in which it is still to be created.</summary>
    public IReadOnlyList<SystemId> ToCreate { get; init; } = [];

    /// <summary>How it was routed as a lead, the first time first.</summary>
    public IReadOnlyList<DecisionView> Routings { get; init; } = [];

    /// <summary>Owners and pools of the rules, for which can be asked why it is not theirs.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Null for what has none.</summary>
    public PersonLifecycleView? Lifecycle { get; init; }

    /// <summary>They were ruled out, and two people may let them begin anew.</summary>
    public bool MayBeOverridden { get; init; }

    public override string ToString() => $"page of {Name.Id}";

    public static RecordModel Of(LoadedRecord loaded)
    {
        var explained = loaded.Explanation.Fields.ToDictionary(field => field.Name);
        return new(
            loaded.Name,
            loaded.Explanation,
            [.. loaded.Record.Links.Where(link => link.Ref.System != HubAuthor.System).Select(link => new RecordLink(LinkView.Of(link), loaded.Addresses.GetValueOrDefault(link.Ref)))],
            [.. loaded.Fields.Values.Where(field => explained.ContainsKey(field.Name)).Select(field => RecordField.Of(explained[field.Name], field.Type, loaded))],
            loaded.Merges,
            RecordTimeline.Of(loaded.Record, loaded.Merges))
        {
            Others = loaded.Others,
            ToCreate = loaded.ToCreate,
            Targets = loaded.Targets,
            MayBeOverridden = loaded.MayBeOverridden,
            Routings = [.. loaded.Routings.Select(entry => DecisionView.Of(entry).Named(loaded.People))],
            Lifecycle = loaded.Lifecycle is { } person ? PersonLifecycleView.Of(person) : null,
        };
    }
}

/// <summary>A record with what its page shows beside it.</summary>
/// <param name="Addresses">Where a person opens its records in the tools.</param>
/// <param name="Others">Records it refers to, or was merged with.</param>
public sealed record LoadedRecord(
    HubRecord Record, RecordName Name, Explanation Explanation, FrozenDictionary<string, FieldDefinition> Fields, IReadOnlyList<MergeEntry> Merges,
    IReadOnlyDictionary<ExternalRef, Uri> Addresses, IReadOnlyDictionary<RecordId, RecordName> Others)
{
    /// <summary>What those who moved it by hand are called.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Fields of tools' records that are still to be written.</summary>
    public IReadOnlySet<(ExternalRef Link, string Field)> Pending { get; init; } = FrozenSet<(ExternalRef, string)>.Empty;

    /// <summary>Systems in which it is still to be created.</summary>
    public IReadOnlyList<SystemId> ToCreate { get; init; } = [];

    public IReadOnlyList<LedgerEntry> Routings { get; init; } = [];

    /// <summary>Owners and pools of the rules.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Null for what has none.</summary>
    public PersonLifecycle? Lifecycle { get; init; }

    public bool MayBeOverridden { get; init; }

    public override string ToString() => $"loaded {Record.Id}";
}

/// <summary>A record's presence in a tool.</summary>
/// <param name="Page">Where a person opens it there.</param>
public sealed record RecordLink(LinkView Link, Uri? Page);

/// <summary>A field as it is shown: what the hub says, what others said, what the tools hold.</summary>
/// <param name="Losers">Claims that did not win.</param>
/// <param name="Holdings">What each tool holds, and whether that is what the hub says.</param>
public sealed record RecordField(ExplainedField Why, ShownValue Value, IReadOnlyList<(ExplainedClaim Claim, ShownValue Value)> Losers, IReadOnlyList<(ExplainedHolding Holding, ShownValue Value, bool Agrees)> Holdings)
{
    /// <summary>Nobody ever said anything, and every tool has it blank.</summary>
    public bool IsEmpty => Why.Winner is null && Losers.Count == 0 && Holdings.All(holding => holding.Holding.Value is null);

    public static RecordField Of(ExplainedField why, FieldType type, LoadedRecord loaded) => new(
        why,
        ShownValue.Of(why.Value, type, loaded.Others),
        [.. why.Losers.Select(claim => (claim, ShownValue.Of(claim.Value, type, loaded.Others)))],
        [.. why.Holdings.Select(holding => (holding, ShownValue.Of(holding.Value, type, loaded.Others), !loaded.Pending.Contains((holding.Link, why.Name))))]);

    public override string ToString() => $"field {Why.Name}";
}

/// <summary>A value for people's eyes: text, or the records it refers to.</summary>
public sealed record ShownValue(string? Text, IReadOnlyList<RecordName> Records)
{
    public static ShownValue Of(string? text, FieldType type, IReadOnlyDictionary<RecordId, RecordName> names) =>
        type is FieldType.Reference or FieldType.References && text is not null
            ? new(null, [.. Named(text, names)])
            : new(text, []);

    /// <summary>A value that names records, whatever its type: each by its name, and by its role where it has one.</summary>
    public static ShownValue Of(string? text, IReadOnlyDictionary<RecordId, RecordName> names) =>
        Ids(text).ToArray() is { Length: > 0 } ids && ids.All(names.ContainsKey) ? new(null, [.. Named(text!, names)]) : new(text, []);

    public static IEnumerable<RecordId> Ids(string? text) => CanonicalText.Split(text).Select(part => RecordId.TryParse(References.Parse(part).Id)).OfType<RecordId>();

    private static IEnumerable<RecordName> Named(string text, IReadOnlyDictionary<RecordId, RecordName> names) =>
        from part in CanonicalText.Split(text)
        let reference = References.Parse(part)
        where RecordId.TryParse(reference.Id) is not null
        let id = RecordId.Parse(reference.Id)
        let name = names.GetValueOrDefault(id) ?? new(id, RecordKind.Account, reference.Id)
        select reference.Role.Length == 0 ? name : name with { Title = $"{name.Title} ({reference.Role})" };

    public override string ToString() => Text is null && Records.Count == 0 ? "[blank]" : "[value]";
}
