using System.Text.Json;
using Microsoft.Playwright;

namespace StackHub.Console.Tests;

/// <summary>What holds for every page as a browser shows it: wide and narrow, light and dark, by keyboard, and by axe-core's rules.</summary>
public sealed class EveryPageTests(ConsoleStage stage)
{
    private static readonly string[] Paths =
        ["", "systems", "systems/hubspot", "systems/hubspot/pause", "plan", "conflicts", "dead-letters", "runs", "people", "accounts", "opportunities", "merges", "lifecycle", "routing", "connectors", "metrics", "audit", "audit/findings", "audit/tools", "audit/overlaps", "audit/what-if?keep=hubspot&drop=marketo", "audit/propose?tool=Drift", "audit/data", "audit/drills", "audit/renewals", "audit/runs", "privacy", "privacy?state=closed", "privacy/new", "privacy/bulk", "consent", "holds", "capabilities", "no-such-page", "sign-in", "../privacy/", "../privacy/received", "../privacy/confirm", "../privacy/status", "../privacy/status?sent=1", "../privacy/no-such-page"];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task It_fits_its_window_and_loads_all_it_asks_for(int width, ColorScheme scheme)
    {
        var page = await stage.SignedInAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        var problems = new List<string>();
        page.Console += (_, message) => problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.RequestFailed += (_, request) => problems.Add($"{request.Url} {request.Failure}");

        foreach (var path in await PathsAsync(page))
        {
            await page.GotoAsync($"console/{path}");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path} is wider than its window");
        }

        Assert.All(problems, problem => Assert.Contains("404", problem, StringComparison.Ordinal)); // the page that is not there says so
        Assert.Equal(scheme == ColorScheme.Dark, await page.EvaluateAsync<int>("+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]") < 128);
    }

    [Fact]
    public async Task The_keyboard_reaches_everything_in_order_and_shows_where_it_is()
    {
        var page = await stage.SignedInAsync();
        foreach (var path in (string[])["", "conflicts", "runs"])
        {
            await page.GotoAsync($"console/{path}");
            var expected = await page.EvaluateAsync<int>("document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex=\"0\"]').length");
            var reached = new HashSet<string>();
            for (var presses = 0; presses < expected; presses++)
            {
                await page.Keyboard.PressAsync("Tab");
                reached.Add(await page.EvaluateAsync<string>("[...document.querySelectorAll('*')].indexOf(document.activeElement) + ' ' + getComputedStyle(document.activeElement).outlineStyle"));
            }
            Assert.Equal(expected, reached.Count);
            Assert.All(reached, element => Assert.EndsWith("solid", element, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_first_tab_skips_to_the_content()
    {
        var page = await stage.SignedInAsync();

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var axe = AxeFile();
        Assert.SkipWhen(axe is null && !ConsoleStage.IsCi, "axe-core is not installed: run 'npm ci' in tests/axe.");
        var page = await stage.SignedInAsync(new() { ColorScheme = scheme, BypassCSP = true, ReducedMotion = ReducedMotion.Reduce });
        var found = new List<string>();
        foreach (var path in await PathsAsync(page))
        {
            await page.GotoAsync($"console/{path}");
            await page.AddScriptTagAsync(new() { Path = axe });
            var violations = await page.EvaluateAsync<JsonElement>("axe.run(document).then(result => result.violations.map(one => `${one.id}: ${one.help} (${one.nodes.map(node => node.html).slice(0, 2).join(' | ')})`))");
            found.AddRange(violations.EnumerateArray().Select(violation => $"{path}: {violation}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>With a record, a person with losers if there is one, a routed lead, and a case.</summary>
    private static async Task<IReadOnlyList<string>> PathsAsync(IPage page)
    {
        var paths = Paths.ToList();
        foreach (var (list, link) in ((string, string)[])[("people", "tbody a[href*='records/']"), ("accounts", "tbody a[href*='records/']"), ("opportunities", "tbody a[href*='records/']"), ("routing", "tbody a[href*='records/']"), ("conflicts", "tbody a[href*='conflicts/']"), ("audit/findings", "tbody a[href*='findings/']"), ("audit/tools", "tbody a[href*='tools/hubspot']"), ("audit/runs", "tbody a[href*='runs/']"), ("privacy?state=unverified", "tbody a[href*='requests/']"), ("privacy?state=approval", "tbody a[href*='requests/']"), ("privacy?state=under-way", "tbody a[href*='requests/']"), ("privacy?state=partial", "tbody a[href*='requests/']")])
            await AddAsync(list, link);
        paths.AddRange(paths.Where(path => path.StartsWith("records/", StringComparison.Ordinal)).Take(1).Select(path => path.Replace("records/", "consent/", StringComparison.Ordinal)).ToArray());
        return paths;

        async Task AddAsync(string list, string link)
        {
            await page.GotoAsync($"console/{list}");
            if (await page.Locator(link).CountAsync() > 0 && await page.Locator(link).First.GetAttributeAsync("href") is { } path)
                paths.Add(path.Replace("../", "", StringComparison.Ordinal));
        }
    }

    private static string? AxeFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "axe", "node_modules", "axe-core", "axe.min.js") is var file && File.Exists(file))
                return file;
        return null;
    }
}
