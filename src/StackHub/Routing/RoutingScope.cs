using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Rules;

namespace StackHub.Routing;

/// <summary>Who is routed, who may not be, whose lead is done, and who has a claim by the company alone.</summary>
public sealed class RoutingScope
{
    /// <summary>The person's field that is set while a promise to them is broken, by whoever keeps the clocks.</summary>
    public const string Breach = "slaBreach";

    private const string Stage = "lifecycleStage";
    private const string OptOut = "emailOptOut";

    /// <summary>Stages at which nobody works on somebody as a lead any more.</summary>
    private static readonly string[] Done = ["opportunity", "customer", "evangelist", "other", "recycled", "disqualified", "lost", "churned"];

    private readonly CompiledCondition when;
    private readonly CompiledCondition? closed;
    private readonly CompiledCondition? suppressed;
    private readonly CompiledCondition? customers;

    /// <param name="when">Null for the default: the stage is mql.</param>
    /// <param name="closed">Null for the default: a stage at which nobody is a lead.</param>
    /// <param name="suppressed">Null for the default: opted out of e-mail.</param>
    /// <param name="customers">Null where accounts do not say whose customers they are.</param>
    public RoutingScope(RuleFields fields, Condition? when, Condition? closed, Condition? suppressed, Condition? customers)
    {
        (When, Closed, Suppressed) = (when ?? DefaultWhen(fields), closed ?? DefaultClosed(fields), suppressed ?? DefaultSuppressed(fields));
        this.when = CompiledCondition.Of(When, fields);
        this.closed = Closed is null ? null : CompiledCondition.Of(Closed, fields);
        this.suppressed = Suppressed is null ? null : CompiledCondition.Of(Suppressed, fields);
        this.customers = customers is null ? null : CompiledCondition.Of(customers, fields);
        var asked = FieldsOf(When).Concat(FieldsOf(Closed)).Concat(FieldsOf(Suppressed)).ToLookup(field => field.Contains('.', StringComparison.Ordinal));
        Reads = [DefaultFields.Owner, Breach, .. asked[false]];
        AsksAccount = asked[true].Any();
        Asked = [.. asked.SelectMany(fields => fields), .. FieldsOf(customers)];
    }

    public Condition When { get; }

    public Condition? Closed { get; }

    public Condition? Suppressed { get; }

    /// <summary>The person's fields whose change may make somebody a lead, or no lead any more.</summary>
    public FrozenSet<string> Reads { get; }

    /// <summary>Whether somebody is a lead depends on their account.</summary>
    public bool AsksAccount { get; }

    /// <summary>Every field that is asked about before the rules are.</summary>
    internal FrozenSet<string> Asked { get; }

    /// <summary>By company domain: accounts that have an owner whatever a tool says.</summary>
    public FrozenDictionary<string, OwnerId> NamedAccounts { get; init; } = FrozenDictionary<string, OwnerId>.Empty;

    /// <summary>By company domain: companies that a partner has registered, and who looks after that partner.</summary>
    public FrozenDictionary<string, OwnerId> Partners { get; init; } = FrozenDictionary<string, OwnerId>.Empty;

    /// <summary>The person's field with the skills that a lead asks for.</summary>
    public string? SkillsField { get; init; }

    /// <summary>The person's field with the language they speak.</summary>
    public string? LanguageField { get; init; }

    /// <summary>Whoever lets a lead lie gets the turn back; without it that was their turn.</summary>
    public bool RefundsReleased { get; init; }

    /// <summary>After so many owners let a lead lie it goes to the manager of the last one; null for never.</summary>
    public int? EscalatesAfter { get; init; }

    /// <summary>A broken promise takes the lead from its owner; without it only somebody who says so does.</summary>
    public bool ReroutesBreached { get; init; } = true;

    public static RoutingScope Default(RuleFields fields) => new(fields, null, null, null, null);

    public bool IsRoutable(Facts facts) => when.FirstFailed(facts) is null;

    public bool IsClosed(Facts facts) => closed is not null && closed.FirstFailed(facts) is null;

    public bool IsSuppressed(Facts facts) => suppressed is not null && suppressed.FirstFailed(facts) is null;

    public bool IsCustomer(Facts facts) => customers is not null && customers.FirstFailed(facts) is null;

    public OwnerId? NamedOwner(string? domain) => Listed(NamedAccounts, domain);

    public OwnerId? PartnerOwner(string? domain) => Listed(Partners, domain);

    /// <summary>The skills that a lead asks for.</summary>
    public ImmutableHashSet<string> SkillsOf(Func<string, string?> valueOf) => SkillsField is { } field ? [.. CanonicalText.Split(valueOf(field))] : [];

    public string? LanguageOf(Func<string, string?> valueOf) => LanguageField is { } field ? valueOf(field) : null;

    private static OwnerId? Listed(FrozenDictionary<string, OwnerId> list, string? domain) => domain is not null && list.TryGetValue(domain, out var owner) ? owner : null;

    private static Condition DefaultWhen(RuleFields fields) => fields.Find(Stage) is null ? Condition.Always : new Condition.Test(Stage, RuleOperator.Is, ["mql"]);

    private static Condition.Test? DefaultClosed(RuleFields fields) => fields.Find(Stage) is null ? null : new Condition.Test(Stage, RuleOperator.In, [.. Done]);

    private static Condition.Test? DefaultSuppressed(RuleFields fields) => fields.Find(OptOut) is null ? null : new Condition.Test(OptOut, RuleOperator.Is, ["true"]);

    private static IEnumerable<string> FieldsOf(Condition? condition) => condition switch
    {
        null => [],
        Condition.Test test => [test.Field],
        Condition.All all => all.Parts.SelectMany(FieldsOf),
        Condition.Any any => any.Parts.SelectMany(FieldsOf),
        Condition.None none => none.Parts.SelectMany(FieldsOf),
        _ => throw new UnreachableException(),
    };
}
