using Microsoft.Playwright;
using NodaTime;
using StackHub.Audit.Imports;
using StackHub.Audit.Running;
using StackHub.Cli.Demo;
using StackHub.Sandbox;
using StackHub.Security;
using StackHub.Testing.Audit;

[assembly: AssemblyFixture(typeof(StackHub.Console.Tests.ConsoleStage))]

namespace StackHub.Console.Tests;

/// <summary>
/// A hub that brought three simulated tools together, and Debian's Chromium to look at it: one for all tests, which each take a browser
/// context of their own. Without Chromium tests skip and say so, but not in CI.
/// </summary>
public sealed class ConsoleStage : IAsyncLifetime, IDemoScreen
{
    private const int People = 60;
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"stackhub-console-{Environment.ProcessId}");
    private SandboxServer? sandbox;
    private DemoHub? hub;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public DemoHub Hub => hub!;

    public bool IsReady => hub is not null;

    public string Key { get; private set; } = "";

    public static bool IsCi => Environment.GetEnvironmentVariable("STACKHUB_CI") == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";

    public async ValueTask InitializeAsync()
    {
        if (Candidates.FirstOrDefault(File.Exists) is not { } chromium)
            return;
        (sandbox, hub) = await DemoRun.StartAsync(People, seed: 7, leads: true, folder, port: null, this, CancellationToken.None);
        await new DemoRun(sandbox, hub, this).RunAsync(CancellationToken.None);
        await AuditAsync(hub);
        await OfficersCases.FileAsync(hub);
        Key = (await hub.Get<ApiKeyStore>().CreateAsync("console tests", RoleNames.All, CancellationToken.None)).Secret;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    /// <summary>The three tools and the shipped sample of a company's lists, audited twice.</summary>
    private static async Task AuditAsync(DemoHub hub)
    {
        var today = LocalDate.FromDateTime(hub.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        foreach (var (file, kind) in SampleStack.Files)
        {
            await using var content = SampleStack.OpenAs(file, today);
            await hub.Get<InventoryImport>().ImportAsync(file, kind, content, new Dictionary<string, string>(), force: false, CancellationToken.None);
        }
        await hub.Get<StackAudit>().RunAsync(CancellationToken.None);
        await hub.Get<StackAudit>().RunAsync(CancellationToken.None);
    }

    /// <summary>A page of a browser that knows nothing yet. It fails the test when the page asks for anything that is not there.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        const string missing = "Chromium is not installed: apt-get install -y chromium.";
        if (browser is null && IsCi)
            Assert.Fail(missing);
        Assert.SkipWhen(browser is null, missing);
        options ??= new();
        options.BaseURL = Hub.Address.ToString();
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async Task<IPage> SignedInAsync(BrowserNewContextOptions? options = null)
    {
        var page = await OpenAsync(options);
        await page.GotoAsync("console/");
        await page.GetByLabel("API key").FillAsync(Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (hub is not null)
            await hub.DisposeAsync();
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    void IDemoScreen.Say(string line)
    {
    }

    void IDemoScreen.Progress(string phase, string system, long done, long? total)
    {
    }

    void IDemoScreen.PhaseDone()
    {
    }
}
