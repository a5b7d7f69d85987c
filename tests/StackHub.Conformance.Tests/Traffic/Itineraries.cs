using StackHub.Connecting;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Klaviyo;
using StackHub.Connectors.Tests.Marketo;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Sandbox.Vendors.Marketo;
using StackHub.Testing.Connecting;

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>Every tour; a vendor that does one thing in two ways has one for each way.</summary>
internal static class Itineraries
{
    private const string KlaviyoList = "Y6nRLr";

    public static readonly IReadOnlyList<Itinerary> All =
    [
        new("salesforce", async () => Seen(await SalesforceUnderTest.StartAsync(), vendor => vendor.Sandbox))
        {
            Choices = new Dictionary<string, string> { ["StageName"] = "Prospecting" },
            DetourAsync = ContactRolesAsync,
        },
        new("hubspot", async () => Seen(await HubSpotUnderTest.StartAsync(new HubSpotUnderTest { More = [("optInSubscription", "7")] }), vendor => vendor.Sandbox))
        {
            Choices = new Dictionary<string, string> { ["lifecyclestage"] = "lead" },
            DetourAsync = LabelsAsync,
        },
        new("hubspot", async () => Seen(await HubSpotUnderTest.StartAsync(new HubSpotUnderTest { More = [("idProperty", "our_own_id"), ("optInSubscription", "7")] }), vendor => vendor.Sandbox)) { DetourAsync = MergedContactAsync },
        new("intercom", async () => Seen(await IntercomSandboxUnderTest.StartAsync(new IntercomOptions()), vendor => vendor.Sandbox)),
        new("intercom", async () => Seen(await IntercomSandboxUnderTest.StartAsync(new IntercomOptions { RefuseDuplicates = false }), vendor => vendor.Sandbox)),
        new("marketo", async () => Seen(await MarketoUnderTest.StartAsync(new MarketoOptions { WindowCalls = 10_000 }, withSetup: false), vendor => vendor.Sandbox)) { DetourAsync = MergeAsync },
        new("klaviyo", async () => Seen(await KlaviyoUnderTest.StartAsync(), vendor => vendor.Sandbox)),
        new("klaviyo", async () => Seen(await KlaviyoUnderTest.StartAsync(new KlaviyoUnderTest { BulkFrom = 1 }, new KlaviyoOptions { EnforceLimits = false }), vendor => vendor.Sandbox)),
        new("klaviyo", async () => Seen(await KlaviyoUnderTest.StartAsync(new KlaviyoUnderTest { More = [("optOutBy", "unsubscribe"), ("list", KlaviyoList), ("optInList", KlaviyoList)] }, new KlaviyoOptions { EnforceLimits = false, ListId = KlaviyoList }), vendor => vendor.Sandbox)),
        new("zendesk", async () => Seen(await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce, signsIn: true), vendor => vendor.Sandbox)) { DetourAsync = AddressesAsync },
        new("zendesk", async () => Seen(await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { BulkImports = false }), vendor => vendor.Sandbox)),
    ];

    private static (VendorUnderTest, VendorSandbox) Seen<T>(T vendor, Func<T, VendorSandbox> sandbox)
        where T : VendorUnderTest => (vendor, sandbox(vendor));

    /// <summary>Roles are added, changed and taken away.</summary>
    private static async Task ContactRolesAsync(Tour tour)
    {
        await ReferencesAsync(tour, "Opportunity", "OpportunityContactRoles", "Decision Maker");
        await tour.ByAnotherAsync(called => ((SalesforceUnderTest)tour.Vendor).Create(new FakeBudget(TimeProvider.System), new FakeTokens(), called, ("fieldHistory", "true")), dated =>
            dated.ReadAsync("Contact", ["Title"], [.. tour.Made(RecordKind.Person).TakeLast(1)], default));
    }

    private static Task LabelsAsync(Tour tour) => ReferencesAsync(tour, "deals", "associations.contacts", "Champion");

    private static async Task ReferencesAsync(Tour tour, string objectType, string field, string role)
    {
        var opportunity = tour.Made(RecordKind.Opportunity)[0];
        var people = tour.Made(RecordKind.Person).TakeLast(2).ToArray();
        foreach (var wanted in (string?[])[$"{people[0]}:{role};{people[1]}", $"{people[0]};{people[1]}:{role}", people[1], null])
            await tour.UpdateAsync(objectType, opportunity, new FieldWrite(field, FieldType.References, new(wanted)));
    }

    private static async Task MergedContactAsync(Tour tour)
    {
        var people = tour.Made(RecordKind.Person);
        ((HubSpotUnderTest)tour.Vendor).Sandbox.Edit(new VendorEdit("merge", "contacts", people[0]) { OtherId = people[1] });
        await tour.Connector.ReadAsync("contacts", ["email"], [people[1], "987654321"], default);
    }

    /// <summary>A user's second address becomes the first; then the user has none. And there are more users than a page holds.</summary>
    private static async Task AddressesAsync(Tour tour)
    {
        for (var number = 0; number < 105; number++)
            tour.Vendor.Seed("users", new Dictionary<string, string?> { ["name"] = "Many", ["email"] = $"many{number}@example.com" });
        var user = tour.Made(RecordKind.Person)[0];
        foreach (var address in (string?[])["second.address@example.com", null])
            await tour.UpdateAsync("users", user, new FieldWrite("email", FieldType.Email, new(address)));
    }

    private static async Task MergeAsync(Tour tour)
    {
        var people = tour.Made(RecordKind.Person);
        ((MarketoUnderTest)tour.Vendor).Merge(people[0], people[1]);
        await tour.Connector.ReadAsync("leads", ["email"], [people[1]], default);
    }
}
