using StackHub.Connecting;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Privacy.Consent;
using StackHub.Records;
using StackHub.Sync.Conflicts;

namespace StackHub.EndToEnd.Tests;

/// <summary>Consent through the six vendors' own ways of keeping it.</summary>
public sealed class ConsentTests
{
    private const string Privacy = """

        privacy:
          purposes:
            newsletter: { use: direct-marketing, channel: email, flag: emailOptOut, fields: { marketo: [title] } }
        """;

    [Fact]
    public async Task S46_an_opt_out_is_in_all_six_tools_once_and_a_flip_back_is_an_incident()
    {
        await using var stage = await SyncedAsync();
        var person = (await stage.EverywhereAsync()).First(record => stage.CanonicalText(record, "emailOptOut") != "true");

        await stage.Hub.Get<RecordConsent>().RecordAsync(new() { Person = person.Id }, [new("newsletter", IsOptIn: false, ConsentBasis.Withdrawal, stage.Time.GetUtcNow())], Stage.Token);
        await stage.PollLateAsync();

        foreach (var link in person.Links)
            Assert.True(await IsOutAsync(stage, link.Ref), $"{link.Ref.System} does not have the opt-out.");
        await stage.ConvergedAsync(); // and the echoes of all that wrote nothing

        var intercom = Stage.LinkIn(person, "intercom");
        stage.Vendor("intercom").Edit(new("update", "contacts", intercom.Id) { Fields = new Dictionary<string, string?> { ["unsubscribed_from_emails"] = "false" } });
        await stage.PollLateAsync();

        Assert.True(await IsOutAsync(stage, intercom));
        var incident = Assert.Single((await stage.Hub.Get<ConflictStore>().ListAsync(null, 1_000, Stage.Token)).Conflicts, conflict => conflict.Kind == ConflictKind.OptOutReverted);
        Assert.Equal((person.Id, new SystemId("intercom")), (incident.Record, incident.System!.Value));
    }

    private static async Task<bool> IsOutAsync(Stage stage, ExternalRef link)
    {
        var field = stage.Model.Systems[link.System].Maps[link.ObjectType].Field("emailOptOut")!.Map.VendorField;
        var change = (await stage.Hub.Get<ConnectorSet>()[link.System].ReadAsync(link.ObjectType, [field], [link.Id], Stage.Token))[0];
        return change is Change.Seen seen && seen.Record.Fields[field].Text == "true";
    }

    private static async Task<Stage> SyncedAsync()
    {
        var stage = await Stage.StartAsync(new() { Configuration = text => text.Beside("accessToken", "searchLagSeconds: 2").TrimEnd() + Privacy });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        return stage;
    }
}
