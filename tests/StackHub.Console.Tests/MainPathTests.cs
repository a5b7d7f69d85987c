using Microsoft.Playwright;
using StackHub.Records;
using StackHub.Sync.DeadLetters;

namespace StackHub.Console.Tests;

/// <summary>What people come for, clicked through in a browser that runs no script.</summary>
public sealed class MainPathTests(ConsoleStage stage)
{
    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task A_person_signs_in_looks_and_signs_out()
    {
        var page = await stage.OpenAsync(WithoutScript);
        await page.GotoAsync("console/conflicts");

        await page.GetByLabel("API key").FillAsync("shk_wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unknown or was revoked");
        await page.GetByLabel("API key").FillAsync(stage.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await HeadingAsync(page, "Conflicts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out.");
        await page.GotoAsync("console/people");
        await HeadingAsync(page, "Sign in");
    }

    [Fact]
    public async Task Every_entry_of_the_navigation_leads_to_its_page()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        var names = await page.GetByRole(AriaRole.Navigation, new() { Name = "Console" }).GetByRole(AriaRole.Link).AllInnerTextsAsync();

        foreach (var name in names)
        {
            await page.GetByRole(AriaRole.Navigation, new() { Name = "Console" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
            await HeadingAsync(page, name);
            await Expect(page.Locator("nav a[aria-current=page]")).ToHaveTextAsync(name);
        }
        Assert.True(names.Count >= 12);
    }

    [Fact]
    public async Task Somebody_is_found_and_explained()
    {
        var page = await stage.SignedInAsync(WithoutScript);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("new.person@demo-newcomer.example");
        await page.Keyboard.PressAsync("Enter");

        await HeadingAsync(page, "Nora Newcomer");
        Assert.DoesNotContain("newcomer", page.Url, StringComparison.OrdinalIgnoreCase);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "First name" })).ToContainTextAsync("authored last");
        await page.GetByRole(AriaRole.Row, new() { Name = "First name" }).Locator("summary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "First name" })).ToContainTextAsync("written by the hub for intercom");
        await Expect(page.Locator(".timeline li").Last).ToContainTextAsync("said");
        Assert.StartsWith("https://app.hubspot.com/contacts/", await page.GetByRole(AriaRole.Link, new() { Name = "Open contacts in hubspot" }).GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubtful_pair_is_merged_and_the_merge_undone()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        await page.GotoAsync("console/conflicts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Perhaps the same twice" }).First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Compared" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "They are one: merge" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Merged into one record");
        await page.GetByRole(AriaRole.Link, new() { Name = "Merges", Exact = true }).ClickAsync();
        await page.Locator("tr", new() { HasText = "decided by a person" }).GetByRole(AriaRole.Link, new() { Name = "Undo" }).First.ClickAsync();
        await HeadingAsync(page, "Undo this merge?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the merge" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The merge is undone");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("are two again");
    }

    [Fact]
    public async Task A_dead_letter_is_replayed()
    {
        var (records, _) = await stage.Hub.Get<RecordStore>().ScanAsync(null, 1, CancellationToken.None);
        await stage.Hub.Get<DeadLetterStore>().AddAsync(new("00000000000001-test", DateTimeOffset.UnixEpoch, "INVALID_PHONE", "[value] is no phone number") { System = new("hubspot"), Record = records[0].Id, Field = "phone" }, CancellationToken.None);
        var page = await stage.SignedInAsync(WithoutScript);

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Row, new() { Name = "INVALID_PHONE" }).GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 dead letter tried again");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "INVALID_PHONE" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_system_is_paused_and_resumed()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        await page.GotoAsync("console/systems/salesforce");

        await page.GetByRole(AriaRole.Link, new() { Name = "Pause writing" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("quarter's end");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Writing to salesforce is paused.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.Locator(".attention")).ToContainTextAsync("salesforce: quarter's end");
        await page.GotoAsync("console/systems/salesforce");
        await page.GetByRole(AriaRole.Link, new() { Name = "Resume writing" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume and write" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Writing to salesforce goes on.");
    }

    [Fact]
    public async Task A_run_is_started_and_watched()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).ClickAsync();

        await page.GetByLabel("What to do").SelectOptionAsync("reconcile");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Reconcile of all systems started.");
        for (var looks = 0; looks < 40 && await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).CountAsync() > 0; looks++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        }

        await Expect(page.Locator(".heading .badge")).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task A_finding_is_read_accepted_and_opened_again()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        await page.GetByRole(AriaRole.Link, new() { Name = "Stack audit", Exact = true }).ClickAsync();
        await Expect(page.Locator(".cards")).ToContainTextAsync("Wasted a year");
        await page.GetByRole(AriaRole.Link, new() { Name = "42 of 120 seats of Salesloft" }).First.ClickAsync();

        await Expect(page.Locator(".evidence")).ToContainTextAsync("65 %");
        await page.GetByLabel("Why").FillAsync("the new team starts in spring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept until then" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Accepted until");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("the new team starts in spring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open it again" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is open again.");
    }

    private static Task HeadingAsync(IPage page, string name) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
