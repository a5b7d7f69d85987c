using StackHub.Functions.Tests.Staging;
using StackHub.Testing.Azurite;

namespace StackHub.Functions.Tests;

public sealed class MainFlowTests(AzuriteServer azurite)
{
    [Theory]
    [InlineData("salesforce", "hubspot", "intercom")]
    [InlineData("salesforce", "hubspot", "intercom", "marketo", "klaviyo", "zendesk")]
    public async Task Tools_are_brought_together_and_kept_the_same(params string[] tools)
    {
        await using var stage = await CloudStage.StartAsync(azurite, 20, tools);
        await stage.StartHostAsync();

        await stage.OnboardAsync();
        await stage.SyncAsync();
        var people = await stage.EverywhereAsync();
        foreach (var person in people)
            stage.EditTitle("hubspot", person, "Edited once");
        await stage.QuietAsync();

        foreach (var person in people)
            stage.AssertTitle(person, "Edited once");
        await stage.ConvergedAsync();
        var written = stage.Written();
        await stage.SyncAsync();
        Assert.Equal(written, stage.Written());
        Assert.Equal(1, stage.Host.Starts);
    }
}
