using StackHub.Connecting;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests;

/// <summary>Which stages a portal or an organisation has is asked there, with the vendor's own flags.</summary>
public sealed class StageOptionTests : IDisposable
{
    private readonly FakeTokens tokens = new();

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task A_portal_tells_its_stages_in_its_order()
    {
        await using var portal = await HubSpotUnderTest.StartAsync();

        var stages = await Assert.IsType<IStageOptions>(portal.Connect(new FakeBudget(TimeProvider.System), tokens, null), exactMatch: false).StagesAsync(default);

        Assert.Equal(["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"], stages.Where(stage => stage.VendorField == "lifecyclestage").Select(stage => stage.Value));
        Assert.Contains(stages, stage => stage is { VendorField: "hs_lead_status", Value: "CONNECTED" });
    }

    [Fact]
    public async Task An_organisation_tells_its_statuses_and_stages_with_its_own_flags()
    {
        await using var organisation = await SalesforceUnderTest.StartAsync();

        using var connector = organisation.Create(new FakeBudget(TimeProvider.System), tokens);
        var stages = await connector.StagesAsync(default);

        Assert.Equal(["Closed - Converted"], stages.Where(stage => stage.IsConverted).Select(stage => stage.Value));
        Assert.Equal([("Closed Won", true), ("Closed Lost", false)], stages.Where(stage => stage.IsClosed).Select(stage => (stage.Value, stage.IsWon)));
        Assert.Equal("Open - Not Contacted", stages[0].Value);
    }
}
