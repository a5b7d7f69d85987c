using PhoneNumbers;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Configuration.Reading;

/// <summary>What stands under "hub".</summary>
internal sealed record HubSettings(Uri? PublicBase, string? PhoneRegion, Horizon Horizon, FightOptions Fights, int Shards)
{
    public static HubSettings Read(Section? hub) => new(
        hub?.Get(HubFormat.PublicUrl),
        Region(hub),
        ReadHorizon(hub?.Get(HubFormat.Horizon)),
        ReadFights(hub?.Get(HubFormat.Fights)),
        hub?.Get(HubFormat.Shards) ?? 1);

    private static string? Region(Section? hub)
    {
        var region = hub?.Get(HubFormat.PhoneRegion);
        var regions = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        if (region is not null && !regions.Contains(region))
            hub!.Problem(HubFormat.PhoneRegion, $"There is no country {Shown.Of(region)}.", "Use the two letters of ISO 3166, such as US, GB or DE.");
        return region;
    }

    private static Horizon ReadHorizon(Section? horizon) => horizon is null ? Horizon.Default : new(
        horizon.Get(HubFormat.Days) is { } days ? TimeSpan.FromDays(days) : Horizon.Default.Span,
        horizon.Get(HubFormat.Facts) ?? Horizon.Default.Facts);

    private static FightOptions ReadFights(Section? fights) => fights is null ? FightOptions.Default : new(
        fights.Get(HubFormat.Reversals) ?? FightOptions.Default.Reversals,
        fights.Get(HubFormat.Window) ?? FightOptions.Default.Window);
}
