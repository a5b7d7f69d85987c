using StackHub.EndToEnd.Tests.Staging;

namespace StackHub.EndToEnd.Tests;

public sealed class OutageTests
{
    private static readonly string[] Systems = ["salesforce", "hubspot", "intercom", "marketo", "klaviyo", "zendesk"];

    [Theory]
    [InlineData("salesforce", false)]
    [InlineData("hubspot", true)]
    [InlineData("intercom", false)]
    [InlineData("marketo", false)]
    [InlineData("klaviyo", true)]
    [InlineData("zendesk", false)]
    public async Task A_vendor_that_is_down_delays_no_other_and_catches_up_when_it_is_back(string down, bool refusesConnections)
    {
        await using var stage = await Stage.StartAsync(new());
        await stage.OnboardAsync();
        var vendor = stage.Vendor(down);
        string[] others = [.. Systems.Where(system => system != down)];
        (vendor.Faults.DownRefusesConnections, vendor.Faults.Down) = (refusesConnections, true);

        await stage.ReconcileAsync();
        await stage.QuietAsync(others);
        var person = (await stage.RecordsAsync()).First(record => others.All(system => record.ActiveIn(new(system)).Count() == 1) && record.Links.Any(link => link.Cells.ContainsKey("title")));
        stage.EditTitle(others[0], person, "Chief Outage Officer");
        await stage.QuietAsync(others);

        Assert.All(others, system => Assert.Equal("Chief Outage Officer", stage.TitleIn(system, person)));
        Stage.None(await stage.ProblemsAsync(others));
        Assert.True(await stage.OutboxAsync() > 0, "Nothing waited for the vendor that is down.");

        vendor.Faults.Down = false;
        await stage.ConvergedAsync();
        stage.AssertTitle(await stage.RecordAsync(person.Id), "Chief Outage Officer");
    }
}
