using System.Globalization;
using System.Text.RegularExpressions;
using StackHub.Web.Shell;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Shell;

public sealed partial class AssetTests
{
    private static readonly string[] Surfaces = ["page", "surface", "raised"];
    private static readonly string[] Tones = ["good", "busy", "warning", "bad", "quiet"];

    [Fact]
    public async Task A_file_is_kept_for_ever_under_its_hash_and_not_at_all_under_another()
    {
        await using var hub = await WebHub.StartAsync();

        var current = await hub.Anonymous.GetAsync(new Uri($"console/{Asset.Style.Path}", UriKind.Relative));
        var old = await hub.Anonymous.GetAsync(new Uri("console/assets/console-000000000000.css", UriKind.Relative));

        Assert.Equal("text/css", current.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), current.Headers.CacheControl!.MaxAge);
        Assert.True(old.Headers.CacheControl!.NoCache);
        Assert.Equal(await current.Content.ReadAsStringAsync(), await old.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_word_can_be_read_on_what_is_behind_it_in_light_and_dark()
    {
        await using var hub = await WebHub.StartAsync();
        var css = await hub.Anonymous.GetStringAsync(new Uri($"console/{Asset.Style.Path}", UriKind.Relative));
        var dark = css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal);

        foreach (var scheme in (Dictionary<string, string>[])[Palette(css[..dark]), Palette(css[dark..])])
            foreach (var (front, back) in Pairs())
                Assert.True(Contrast(scheme[front], scheme[back]) >= 4.5, $"{front} on {back}: {Contrast(scheme[front], scheme[back]):0.00}");
    }

    private static IEnumerable<(string Front, string Back)> Pairs() =>
    [
        .. from front in (string[])["text", "muted", "accent"] from back in Surfaces select (front, back),
        .. from tone in Tones select (tone, $"{tone}-soft"),
        .. from tone in Tones select (tone, "surface"),
        ("accent", "accent-soft"), ("text", "accent-soft"), ("muted", "accent-soft"), ("on-accent", "accent"),
    ];

    private static Dictionary<string, string> Palette(string css) =>
        Colour().Matches(css).GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => group.First().Groups[2].Value);

    /// <summary>WCAG 2.2, 1.4.3.</summary>
    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string hex) => 0.2126 * Channel(hex[..2]) + 0.7152 * Channel(hex[2..4]) + 0.0722 * Channel(hex[4..]);

    private static double Channel(string hex)
    {
        var value = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6})")]
    private static partial Regex Colour();
}
