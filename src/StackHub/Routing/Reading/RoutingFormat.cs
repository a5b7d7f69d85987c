using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Rules.Reading;

namespace StackHub.Routing.Reading;

/// <summary>The keys under "routing".</summary>
internal static partial class RoutingFormat
{
    public static readonly Key<string> Name = new("name", new TextValue("A name of small letters, digits and hyphens", RuleName()), "What the rule is called in traces.") { Required = true };
    public static readonly Key<Unread> When = new("when", ConditionReader.Shape, "Whom it fits; without it everybody.");
    public static readonly Key<string> To = new("to", new TextValue("pool NAME or owner NAME", Destination()), "Where they go.") { Required = true };
    public static readonly Key<int?> Percent = new("percent", new WholeNumber(1, 99), "Only so many in a hundred of those it fits, always the same ones.");
    public static readonly Key<bool?> Shadow = new("shadow", new Flag(), "true: decides nothing, only what it would have decided is recorded.") { Default = "false" };
    public static readonly Key<ImmutableArray<Located>?> Over = new("over", new Names("A list of rules"), "Rules it is meant to win over where both fit.");

    public static readonly Key<ImmutableArray<Named<Section>>?> Owners = new("owners", new TableOf<Section>("A block of owners", OwnerFormat.Shape, Forms.System), "Everybody who may own leads.") { Required = true };
    public static readonly Key<ImmutableArray<Named<Section>>?> Pools = new("pools", new TableOf<Section>("A block of pools", PoolFormat.Shape, Forms.System), "Owners among whom one is chosen.");
    public static readonly Key<ImmutableArray<Section>?> Rules = new("rules", new ListOf<Section>("A list of rules", new SectionOf("A rule", [Name, When, To, Percent, Shadow, Over])), "Who goes where; the first that fits decides.");
    public static readonly Key<string> Fallback = new("fallback", new TextValue("pool NAME or owner NAME", Destination()), "Where those go whom no rule fits.");

    public static readonly Key<Unread> Routed = new("when", ConditionReader.Shape, "Who gets an owner, if they have none.") { Default = "lifecycleStage is mql" };
    public static readonly Key<Unread> Closed = new("closed", ConditionReader.Shape, "Whose lead is done, so that it is no open one of its owner.") { Default = "lifecycleStage is opportunity or behind it, or a detour" };
    public static readonly Key<Unread> Suppressed = new("suppressed", ConditionReader.Shape, "Whom nobody may write to, so that nobody gets them.") { Default = "emailOptOut is true" };
    public static readonly Key<Unread> Customers = new("customers", ConditionReader.Shape, "Whose account is a customer's, such as { field: account.type, is: Customer }.");
    public static readonly Key<ImmutableArray<Named<string>>?> NamedAccounts = new("namedAccounts", new TableOf<string>("A block of domains and owners", new TextValue()), "Companies that have an owner whatever a tool says.");
    public static readonly Key<ImmutableArray<Named<string>>?> Partners = new("partners", new TableOf<string>("A block of domains and owners", new TextValue()), "Companies that a partner registered, and who looks after that partner.");
    public static readonly Key<string> Skills = new("skills", new TextValue("The name of a field", Forms.Field.Form), "The person's field with the skills a lead asks for.");
    public static readonly Key<string> Language = new("language", new TextValue("The name of a field", Forms.Field.Form), "The person's field with their language.");
    public static readonly Key<bool?> RefundsReleased = new("refundsReleased", new Flag(), "true: who let a lead lie gets the turn back.") { Default = "false" };
    public static readonly Key<bool?> ReroutesBreached = new("reroutesBreached", new Flag(), "false: a broken promise (the field slaBreach) does not take the lead from its owner.") { Default = "true" };

    public static readonly Key<int?> EscalatesAfter = new("escalatesAfter", new WholeNumber(1, 20), "After so many owners let a lead lie it goes to the manager of the last one; without it to the next by the rules.");

    public static readonly Key<Section> Signals = new("signals", SignalFormat.Shape, "Who is told when a lead has an owner, with what they need to know, and when a pool can take no more.");

    public static readonly SectionOf Shape = new("A block of owners, pools and rules", [Routed, Closed, Suppressed, Customers, Owners, NamedAccounts, Partners, Pools, Rules, Fallback, Skills, Language, RefundsReleased, ReroutesBreached, EscalatesAfter, Signals]);

    [GeneratedRegex("^(pool|owner) [a-z][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Destination();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex RuleName();
}
