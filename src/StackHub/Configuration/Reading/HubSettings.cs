using System.Collections.Frozen;
using PhoneNumbers;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Configuration.Reading;

/// <summary>What stands under "hub".</summary>
internal sealed record HubSettings(Uri? PublicBase, string? PhoneRegion, Horizon Horizon, FightOptions Fights, int Shards, FrozenSet<string> Agencies)
{
    public static HubSettings Read(Section? hub) => new(
        hub?.Get(HubFormat.PublicUrl),
        Region(hub),
        ReadHorizon(hub?.Get(HubFormat.Horizon)),
        ReadFights(hub?.Get(HubFormat.Fights)),
        hub?.Get(HubFormat.Shards) ?? 1,
        ReadAgencies(hub));

    private static string? Region(Section? hub)
    {
        var region = hub?.Get(HubFormat.PhoneRegion);
        var regions = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        if (region is not null && !regions.Contains(region))
            hub!.Problem(HubFormat.PhoneRegion, $"There is no country {Shown.Of(region)}.", "Use the two letters of ISO 3166, such as US, GB or DE.");
        return region;
    }

    private static FrozenSet<string> ReadAgencies(Section? hub)
    {
        var agencies = hub?.Get(HubFormat.Agencies) ?? [];
        foreach (var agency in agencies.Where(agency => CompanyDomain.Of(agency.Text) != agency.Text))
            hub!.Problems.Add(agency.Place, hub.PathOf(HubFormat.Agencies), $"{Shown.Of(agency.Text)} is no company's domain.", "Write the registrable domain in small letters, such as agency.example.com's example.com; mail providers are known already.");
        return agencies.Select(agency => agency.Text).ToFrozenSet(StringComparer.Ordinal);
    }

    private static Horizon ReadHorizon(Section? horizon) => horizon is null ? Horizon.Default : new(
        horizon.Get(HubFormat.Days) is { } days ? TimeSpan.FromDays(days) : Horizon.Default.Span,
        horizon.Get(HubFormat.Facts) ?? Horizon.Default.Facts);

    private static FightOptions ReadFights(Section? fights) => fights is null ? FightOptions.Default : new(
        fights.Get(HubFormat.Reversals) ?? FightOptions.Default.Reversals,
        fights.Get(HubFormat.Window) ?? FightOptions.Default.Window);
}
