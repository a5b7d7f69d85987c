using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Audit.Imports;
using StackHub.Calendars.Reading;
using StackHub.Configuration.Format;

namespace StackHub.Audit.Reading;

/// <summary>The keys under "audit".</summary>
internal static partial class AuditFormat
{
    public static readonly Key<ImportKind?> Kind = new("kind", new Word<ImportKind>(), "What the file lists.") { Required = true };
    public static readonly Key<string> File = new("file", new TextValue("A path"), "Where it is, from this file's folder; CSV or JSON.") { Required = true };
    public static readonly Key<ImmutableArray<Named<string>>?> Columns = new("columns", new TableOf<string>("Our columns and the file's", new TextValue("A column's name")), "Columns whose names the header does not tell, each as ours: the file's.");
    public static readonly Key<ImmutableArray<Named<Section>>?> Inventory = new("inventory", new TableOf<Section>("A block of lists", new SectionOf("A list", [Kind, File, Columns]), Forms.System), "Lists of tools, invoices, accounts, contracts and people, each under a name of your choice.");

    public static readonly Key<Section> Hours = new("hours", HoursFormat.Shape, "When notice can be given; without it Monday to Friday.");

    public static readonly Key<ImmutableArray<Located>?> Pair = new("tools", new Names("Two tools"), "The two.") { Required = true };
    public static readonly Key<string> Because = new("because", new TextValue(), "Why both are wanted: a region, a brand, a legal entity.") { Required = true };
    public static readonly Key<string> Until = new("until", new TextValue("A date such as 2026-12-31", Date()), "The last day on which that holds.") { Required = true };
    public static readonly Key<ImmutableArray<Section>?> Intentional = new("intentional", new ListOf<Section>("A list of pairs", new SectionOf("A pair", [Pair, Because, Until])), "Pairs of tools that are both wanted.");

    public static readonly Key<ImmutableArray<Named<string>>?> Purposes = new("purposes", new TableOf<string>("Fields and their purposes", new TextValue(), (FieldPath(), "a kind and a field, such as person.email")), "What each field is for.");

    public static readonly Key<ImmutableArray<Named<string>>?> Tools = new("tools", new TableOf<string>("Systems and their tools", new TextValue()), "The tool that a system is, where it is another than its connector's.");

    public static readonly Key<ImmutableArray<Named<string>>?> Owners = new("owners", new TableOf<string>("Systems and their owners", new TextValue(), (OwnedPath(), "a system, or a system and an object, such as hubspot/contacts")), "Who keeps a system's credential and flows, each as system: owner, or system/object: owner for one flow and system/credential: owner for the credential.");
    public static readonly Key<string> Owner = new("owner", new TextValue(), "Who sees to findings that nobody else owns.");

    public static readonly Key<int?> Duplicate = new("duplicate", new WholeNumber(1, 100), "Redundancy in per cent from which two tools are duplicates.") { Default = "70" };
    public static readonly Key<int?> Review = new("review", new WholeNumber(1, 100), "Redundancy in per cent from which two tools should be compared.") { Default = "45" };
    public static readonly Key<TimeSpan?> Unused = new("unused", new Duration(TimeSpan.FromDays(3), TimeSpan.FromDays(730)), "An account that was not used for as long is unused.") { Default = "90d" };
    public static readonly Key<TimeSpan?> Idle = new("idle", new Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(89)), "A connection that moved nothing for as long is idle.") { Default = "30d" };
    public static readonly Key<TimeSpan?> Renewal = new("renewal", new Duration(TimeSpan.FromDays(0), TimeSpan.FromDays(365)), "How long before the last day to act a renewal is told.") { Default = "30d" };
    public static readonly Key<int?> Utilisation = new("utilisation", new WholeNumber(0, 100), "Used seats in per cent below which a renewal is questioned.") { Default = "50" };
    public static readonly Key<TimeSpan?> Credential = new("credential", new Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(3650)), "A credential older than this should be renewed.") { Default = "365d" };
    public static readonly Key<TimeSpan?> Drill = new("drill", new Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(3650)), "A trial erasure older than this should be made again.") { Default = "100d" };
    public static readonly Key<Section> Thresholds = new("thresholds", new SectionOf("A block of thresholds", [Duplicate, Review, Unused, Idle, Renewal, Utilisation, Credential, Drill]), "Where the checks draw their lines.");

    public static readonly Key<string> DrillDomain = new("drillDomain", new TextValue("A domain such as example.com", Domain()), "The domain of the synthetic people of trial erasures; one at which nobody gets mail.") { Default = "example.com" };

    public static readonly Key<Uri> Address = new("url", new WebAddress(), "Where new findings are told, signed as Standard Webhooks says.") { Required = true };
    public static readonly Key<string> Secret = new("secret", new TextValue("env:NAME or keyvault:NAME", Reference()), "The key they are signed with.") { Required = true };
    public static readonly Key<Severity?> From = new("from", new Word<Severity>(), "The least severity that is told.") { Default = "high" };
    public static readonly Key<Section> Notify = new("notify", new SectionOf("A block of url and secret", [Address, Secret, From]), "Who is told of new findings.");

    public static readonly SectionOf Shape = new("A block of the audit's keys", [Inventory, Hours, Intentional, Purposes, Tools, Owners, Owner, Thresholds, DrillDomain, Notify]);

    [GeneratedRegex("^(?=.{1,100}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex("^(person|account|opportunity)\\.[a-z][A-Za-z0-9]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPath();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}(/[A-Za-z0-9_.-]{1,100})?$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnedPath();

    [GeneratedRegex("^(env|keyvault):[A-Za-z0-9_-]{1,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
