using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace StackHub.Console.Tests;

/// <summary>What officers and people come for, clicked through in a browser that runs no script.</summary>
public sealed class OfficerPathTests(ConsoleStage stage)
{
    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task A_list_is_uploaded_its_columns_chosen_and_filed()
    {
        var page = await stage.SignedInAsync(WithoutScript);
        await page.GotoAsync("console/privacy");
        await page.GetByRole(AriaRole.Link, new() { Name = "Upload a list" }).ClickAsync();

        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "requests.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("kind,Contact,place\naccess,list.one@browser.example,DE\nforget,list.two@browser.example,DE\n"),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No column names a person");
        await page.GetByLabel("email").SelectOptionAsync("Contact");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check again with these columns" }).ClickAsync();
        await Assertions.Expect(page.Locator(".lede")).ToContainTextAsync("1 row of 2 can be filed, 1 cannot.");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "3 The kind has to be" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "File 1 row" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The list was filed");
        await page.Locator("tbody a[href*='requests/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("dl.facts").First).ToContainTextAsync("list.one@browser.example");
    }

    [Fact]
    public async Task Somebody_asks_by_the_public_form_and_an_officer_brings_the_code_over()
    {
        const string Address = "visitor.one@browser.example";
        var visitor = await stage.OpenAsync(WithoutScript);
        await visitor.GotoAsync("privacy/");
        await visitor.GetByLabel("A copy of").CheckAsync();
        await visitor.GetByLabel("E-mail").FillAsync(Address);
        await visitor.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(visitor.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your request is here");

        var officer = await stage.SignedInAsync(WithoutScript);
        await officer.GotoAsync("console/privacy");
        await officer.GetByLabel("Its number, or an address").FillAsync(Address);
        await officer.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await officer.GetByRole(AriaRole.Button, new() { Name = "Issue a code to bring over" }).ClickAsync();
        var code = await officer.Locator("#hand-code").InnerTextAsync();
        var reference = Regex.Match(officer.Url, "[0-9a-f]{32}").Value;

        await visitor.GotoAsync("privacy/confirm");
        await visitor.GetByLabel("Reference").FillAsync(reference);
        await visitor.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Assertions.Expect(visitor.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you");
        await officer.ReloadAsync();
        await Assertions.Expect(officer.Locator("dl.facts").First).ToContainTextAsync("confirmed by a code sent to the address");
    }
}
