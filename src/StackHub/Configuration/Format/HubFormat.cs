using System.Collections.Immutable;

namespace StackHub.Configuration.Format;

/// <summary>The keys under "hub".</summary>
internal static class HubFormat
{
    public static readonly Key<Uri> PublicUrl = new("publicUrl", new WebAddress(), "Public address of this hub, under which vendors call hooks/{system}.");

    public static readonly Key<string> PhoneRegion = new("phoneRegion", new TextValue("A country's two capital letters, such as US,", Forms.Region()), "Country that phone numbers without a country code belong to; without it only international numbers are compared.");

    public static readonly Key<int?> Days = new("days", new WholeNumber(1, 90), "Days within which late news may still sharpen when a value was written.") { Default = "7" };

    public static readonly Key<int?> Facts = new("facts", new WholeNumber(8, 1_024), "Most facts kept of one field in one system.") { Default = "64" };

    public static readonly Key<Section> Horizon = new("horizon", new SectionOf("A block of days and facts", [Days, Facts]), "How much history a field keeps.");

    public static readonly Key<int?> Reversals = new("reversals", new WholeNumber(1, 100), "So many returns of a replaced value freeze the field until a person decides.") { Default = "4" };

    public static readonly Key<TimeSpan?> Window = new("window", new Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)), "The time in which they are counted.") { Default = "10m" };

    public static readonly Key<Section> Fights = new("fights", new SectionOf("A block of reversals and window", [Reversals, Window]), "When two systems that overwrite each other are stopped.");

    public static readonly Key<int?> Shards = new("shards", new WholeNumber(1, 256), "Outbox partitions a system: one keeps batches fullest, more let several instances share a system.") { Default = "1" };

    public static readonly Key<ImmutableArray<Located>?> Agencies = new("agencies", new Names("A list of domains"), "Domains that work for many companies: they never match a person to an account.");

    public static readonly SectionOf Shape = new("The hub's settings", [PublicUrl, PhoneRegion, Horizon, Fights, Shards, Agencies]);
}
