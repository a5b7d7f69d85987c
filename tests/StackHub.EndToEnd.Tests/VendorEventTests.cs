using StackHub.EndToEnd.Tests.Staging;
using StackHub.Privacy;

namespace StackHub.EndToEnd.Tests;

public sealed class VendorEventTests
{
    [Fact]
    public async Task A_converted_lead_goes_on_as_its_contact()
    {
        await using var stage = await SyncedAsync();
        var person = (await stage.RecordsAsync()).First(record => record.MergedInto is null && record.ActiveIn(new("salesforce")).ToArray() is [{ Ref.ObjectType: "Lead" }]);
        var lead = Stage.LinkIn(person, "salesforce");

        stage.Sandbox.Salesforce.Edit(new("convert", lead.ObjectType, lead.Id) { Fields = new Dictionary<string, string?> { ["doNotCreateOpportunity"] = "true" } });
        await stage.NoteBeforeAsync(); // the contact and the account that the conversion made
        await stage.PollLateAsync();

        var after = await stage.RecordAsync(person.Id);
        var contact = Assert.Single(after.ActiveIn(new("salesforce"))).Ref;
        Assert.Equal("Contact", contact.ObjectType);
        Assert.Equal(contact, after.Link(lead)!.MovedTo);
        await stage.ConvergedAsync();
    }

    [Fact]
    public async Task Merged_contacts_become_one_record_and_the_loser_does_not_live_on()
    {
        await using var stage = await SyncedAsync();
        var people = await stage.EverywhereAsync();
        var (kept, lost) = (people[0], people[1]);
        var (survivor, loser) = (Stage.LinkIn(kept, "hubspot"), Stage.LinkIn(lost, "hubspot"));

        stage.Sandbox.HubSpot.Edit(new("merge", "contacts", survivor.Id) { OtherId = loser.Id });
        await stage.NoteBeforeAsync(); // each of the two had been created elsewhere
        await stage.PollLateAsync();

        var records = (await stage.RecordsAsync()).Where(record => record.MergedInto is null && record.Links.Any(link => link.Ref == survivor || link.Ref == loser)).ToArray();
        var one = Assert.Single(records);
        Assert.Equal(survivor, one.Link(loser)!.MovedTo);
        Assert.True(one.Link(survivor)!.Active);
        await stage.ConvergedAsync();
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("intercom")]
    [InlineData("salesforce")]
    [InlineData("marketo")]
    [InlineData("zendesk")]
    public async Task A_record_deleted_in_one_tool_stays_deleted_there_and_lives_on_elsewhere(string system)
    {
        await using var stage = await SyncedAsync();
        var person = (await stage.EverywhereAsync())[0];
        var link = Stage.LinkIn(person, system);
        var type = link.ObjectType;
        var elsewhere = system == "hubspot" ? "salesforce" : "hubspot";

        stage.Vendor(system).Edit(new("delete", type, link.Id));
        var count = stage.Vendor(system).Counts[type];
        await stage.PollLateAsync();
        stage.EditTitle(elsewhere, person, "Still here");
        await stage.QuietAsync();

        Assert.Empty((await stage.RecordAsync(person.Id)).ActiveIn(new(system)));
        Assert.Equal(count, stage.Vendor(system).Counts[type]);
        Assert.All(stage.Model.Order.Select(other => other.Name).Where(other => other != system), other => Assert.Equal("Still here", stage.TitleIn(other, person)));
        await stage.ConvergedAsync();
    }

    [Fact]
    public async Task An_erasure_in_one_tool_arrives_as_a_request()
    {
        await using var stage = await SyncedAsync();
        var person = (await stage.EverywhereAsync())[0];
        var count = stage.Sandbox.HubSpot.Counts["contacts"];

        stage.Sandbox.HubSpot.Edit(new("erase", "contacts", Stage.LinkIn(person, "hubspot").Id));
        await stage.PollLateAsync();

        var request = Assert.Single(await stage.Hub.Get<RequestInbox>().ListAsync(Stage.Token)).Request;
        Assert.Equal((PrivacyRequestKind.Erasure, PrivacyRequestState.Received, "system:hubspot"), (request.Kind, request.State, request.SubmittedBy));
        Assert.Equal([person.Id], request.Subject.Records);
        Assert.Equal(count - 1, stage.Sandbox.HubSpot.Counts["contacts"]);
        await stage.ConvergedAsync();
    }

    private static async Task<Stage> SyncedAsync()
    {
        var stage = await Stage.StartAsync(new() { Configuration = text => text.Beside("accessToken", "searchLagSeconds: 2") });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        return stage;
    }
}
