using StackHub.EndToEnd.Tests.Staging;
using StackHub.Records;

namespace StackHub.EndToEnd.Tests;

public sealed class OrderTests
{
    private const int Updates = 5;

    [Fact]
    public async Task Shuffled_and_repeated_webhooks_leave_the_last_value_of_every_contact_in_every_tool()
    {
        await using var stage = await Stage.StartAsync(new() { Vendors = options => options with { SeedData = false } });
        var contacts = Contacts.Create(stage.Sandbox.HubSpot, 100);
        stage.Time.Jump(TimeSpan.FromMinutes(2));
        await stage.OnboardAsync();
        await stage.SyncAsync();
        (stage.Sandbox.HubSpot.Webhooks.Shuffle, stage.Sandbox.HubSpot.Webhooks.Duplicates) = (true, 0.3);

        await Contacts.UpdateAsync(stage.Sandbox.HubSpot, contacts, Updates);
        await stage.QuietAsync();

        await AssertLastAsync(stage, contacts, Updates - 1);
        await stage.ConvergedAsync();
    }

    internal static async Task AssertLastAsync(Stage stage, IReadOnlyList<string> contacts, int last)
    {
        var people = (await stage.RecordsAsync()).Where(record => record is { Kind: RecordKind.Person, MergedInto: null }).ToArray();
        Assert.Equal(contacts.Count, people.Length);
        Assert.Equal(contacts.Count, stage.Sandbox.Salesforce.Counts["Contact"]);
        Assert.Equal(contacts.Count, stage.Sandbox.HubSpot.Counts["contacts"]);
        Assert.Equal(contacts.Count, stage.Sandbox.Intercom.Counts["contacts"]);
        foreach (var person in people)
            stage.AssertTitle(person, Contacts.Title(Stage.LinkIn(person, "hubspot").Id, last));
    }
}
