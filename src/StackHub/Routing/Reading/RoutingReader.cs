using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Reading;
using StackHub.Configuration.Yaml;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Pools;
using StackHub.Rules;
using StackHub.Rules.Reading;

namespace StackHub.Routing.Reading;

/// <summary>Reads a rule set, and proves it: one with findings is refused like a file that cannot be read.</summary>
internal sealed class RoutingReader(OwnersReader owners, RuleFields fields, ProblemList problems)
{
    /// <summary>What the hub says of a lead that was routed; a tool is told where the file maps it.</summary>
    public static void Declare(FieldCatalog catalog)
    {
        if (catalog.Find(RecordKind.Person, LeadContext.Field) is null)
            catalog.Set(RecordKind.Person, new(new(LeadContext.Field, FieldType.Text) { Policy = new(PolicyKind.SystemOfRecord, [HubAuthor.System], BlankNeverWins: false) }, null));
    }

    /// <summary>Null when something is wrong, which is reported.</summary>
    public RoutingPlan? Read(Section routing)
    {
        var before = problems.Count;
        var plan = ReadUnproven(routing);
        return problems.Count > before ? null : plan;
    }

    /// <summary>The rule set although it has findings, which are reported; null when it cannot be read, and then it is that which is.</summary>
    public RoutingPlan? ReadUnproven(Section routing)
    {
        var before = problems.Count;
        string[] names = [.. owners.All.Select(owner => owner.Id.Name)];
        Named<Section>[] written = [.. (routing.Get(RoutingFormat.Pools) ?? []).Where(entry => entry.Value is not null)];
        RoutingPool[] pools = [.. written.Select(entry => PoolFormat.Read(entry, names))];
        var sections = routing.Get(RoutingFormat.Rules) ?? [];
        var rules = sections.Select(section => Rule(section, names, pools)).ToArray();
        var fallback = Target(routing, RoutingFormat.Fallback, names, pools);
        var scope = Scope(routing, names);
        var signals = routing.Get(RoutingFormat.Signals) is { } told ? SignalFormat.Read(told, fields) : null;
        if (problems.Count > before)
            return null;
        var plan = new RoutingPlan(routing.Fingerprint(), fields, owners.All, pools, rules!) { Fallback = fallback, Scope = scope, Signals = signals };
        foreach (var finding in RoutingFindings.Of(plan))
            Report(routing, sections, written, finding);
        return plan;
    }

    private RoutingScope Scope(Section routing, string[] names) =>
        new(fields, Condition(routing, RoutingFormat.Routed), Condition(routing, RoutingFormat.Closed), Condition(routing, RoutingFormat.Suppressed), Condition(routing, RoutingFormat.Customers))
        {
            NamedAccounts = Companies(routing, RoutingFormat.NamedAccounts, names),
            Partners = Companies(routing, RoutingFormat.Partners, names),
            SkillsField = Field(routing, RoutingFormat.Skills),
            LanguageField = Field(routing, RoutingFormat.Language),
            RefundsReleased = routing.Get(RoutingFormat.RefundsReleased) ?? false,
            EscalatesAfter = routing.Get(RoutingFormat.EscalatesAfter),
            ReroutesBreached = routing.Get(RoutingFormat.ReroutesBreached) ?? true,
        };

    private Condition? Condition(Section routing, Key<Unread> key) => routing.Get(key) is { } written ? new ConditionReader(fields, problems).Read(written) : null;

    private string? Field(Section routing, Key<string> key)
    {
        if (routing.Get(key) is not { } name)
            return null;
        if (fields.Find(name) is null)
            routing.Problem(key, $"There is no field {Shown.Of(name)} of people.", Suggestion.OneOf(name, fields.All.Select(field => field.Name).Where(known => !known.Contains('.', StringComparison.Ordinal))));
        return name;
    }

    private FrozenDictionary<string, OwnerId> Companies(Section routing, Key<ImmutableArray<Named<string>>?> key, string[] names)
    {
        var entries = (routing.Get(key) ?? []).Where(entry => entry.Value is not null).ToArray();
        foreach (var entry in entries)
        {
            if (CompanyDomain.Of(entry.Name) != entry.Name)
                problems.Add(entry.NamePlace, entry.Path, $"{Shown.Of(entry.Name)} is no company's own domain.", "Write the registrable domain in small letters, such as acme.co.uk; mail providers are nobody's.");
            if (!names.Contains(entry.Value))
                problems.Add(entry.ValuePlace, entry.Path, $"There is no owner {Shown.Of(entry.Value!)}.", Suggestion.OneOf(entry.Value!, names));
        }

        return entries.ToFrozenDictionary(entry => entry.Name, entry => new OwnerId(entry.Value!), StringComparer.Ordinal);
    }

    private RoutingRule? Rule(Section section, string[] owners, RoutingPool[] pools)
    {
        var name = section.Get(RoutingFormat.Name);
        var when = section.Get(RoutingFormat.When) is { } written ? new ConditionReader(fields, problems).Read(written) : Rules.Condition.Always;
        var to = Target(section, RoutingFormat.To, owners, pools);
        var (percent, shadow, over) = (section.Get(RoutingFormat.Percent), section.Get(RoutingFormat.Shadow), section.Get(RoutingFormat.Over));
        return name is null || when is null || to is null ? null : new(name, when, to)
        {
            Percent = percent ?? 100,
            IsShadow = shadow ?? false,
            Over = [.. (over ?? []).Select(rule => rule.Text)],
        };
    }

    private static Destination? Target(Section section, Key<string> key, string[] owners, RoutingPool[] pools)
    {
        if (section.Get(key)?.Split(' ', 2) is not [var kind, var name])
            return null;
        string[] known = kind == "pool" ? [.. pools.Select(pool => pool.Name)] : owners;
        if (!known.Contains(name))
            section.Problem(key, $"There is no {kind} {Shown.Of(name)}.", Suggestion.OneOf(name, known));
        return kind == "pool" ? new Destination.ToPool(name) : new Destination.ToOwner(new(name));
    }

    private static void Report(Section routing, ImmutableArray<Section> rules, Named<Section>[] pools, RoutingFinding finding)
    {
        if (finding.Rule is { } place && place < rules.Length)
            rules[place].Problem(RoutingFormat.Name, finding.Message, finding.Cure);
        else if (pools.FirstOrDefault(pool => pool.Name == finding.Pool) is { } pool)
            routing.Problems.Add(pool.NamePlace, pool.Path, finding.Message, finding.Cure);
        else
            routing.Problem(RoutingFormat.Fallback, finding.Message, finding.Cure);
    }
}
