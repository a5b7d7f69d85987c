using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Klaviyo;
using StackHub.Connectors.Tests.Marketo;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Erasing;

/// <summary>What the vendors do that an erasure must not be fooled by.</summary>
public sealed class ErasureTrapTests : IAsyncLifetime
{
    private const string Address = "subject@example.com";
    private readonly FakeTokens tokens = new();
    private VendorUnderTest vendor = null!;
    private IConnector connector = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        (connector as IDisposable)?.Dispose();
        tokens.Dispose();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task S16_hubspot_is_never_asked_to_erase_an_address_it_does_not_know()
    {
        await UseAsync(HubSpotUnderTest.StartAsync());

        Assert.IsType<ErasureOutcome.NotFound>(await EraseAsync(email: "strangre@example.com"));

        Assert.IsType<WriteOutcome.Stored>(await CreateAsync("strangre@example.com")); // a stranger with that address is on no block list
    }

    [Fact]
    public async Task S16_hubspot_asked_by_an_unknown_address_blocks_a_stranger_so_the_trap_is_real()
    {
        var hubSpot = await UseAsync(HubSpotUnderTest.StartAsync());
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hubSpot.Sandbox.BaseUrl, "/crm/v3/objects/contacts/gdpr-delete"))
        {
            Content = new StringContent("""{"objectId":"stranger@example.com","idProperty":"email"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new("Bearer", hubSpot.Sandbox.PrivateAppToken) },
        };

        Assert.Equal(204, (int)(await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);

        Assert.IsNotType<WriteOutcome.Stored>(await CreateAsync("stranger@example.com"));
    }

    [Fact]
    public async Task Hubspot_answers_204_and_is_done_days_later()
    {
        var hubSpot = await UseAsync(HubSpotUnderTest.StartAsync(TimeSpan.FromDays(12)));
        var subject = Seed(Address);

        var outcome = await EraseAsync(subject);
        outcome = await AskAgainAsync(outcome);
        Assert.IsType<ErasureOutcome.Accepted>(outcome);
        Assert.IsType<Change.Seen>(await ReadAsync(subject));

        hubSpot.Sandbox.Clock.Advance(TimeSpan.FromDays(11));
        outcome = Assert.IsType<ErasureOutcome.Accepted>(await AskAgainAsync(outcome));
        hubSpot.Sandbox.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(new ErasureOutcome.Confirmed(ErasureEvidence.Absence, 1), await AskAgainAsync(outcome));
    }

    [Fact]
    public async Task Hubspots_own_privacy_deletion_arrives_marked_as_such()
    {
        var hubSpot = await UseAsync(HubSpotUnderTest.StartAsync());
        var subject = Seed(Address);
        await using var hook = await Hook.StartAsync();
        hubSpot.Sandbox.Webhooks.Target = hook.Address;

        hubSpot.Sandbox.Edit(new VendorEdit("erase", "contacts", subject));
        await hubSpot.Sandbox.WebhooksDeliveredAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var changes = hook.Bodies.SelectMany(body => connector.Webhooks!.Parse(Encoding.UTF8.GetBytes(body))).ToArray();
        Assert.Equal(subject, Assert.IsType<Change.PrivacyDeleted>(Assert.Single(changes, change => change is Change.PrivacyDeleted)).Ref.Id);
    }

    [Fact]
    public async Task S35_an_ordinary_deletion_in_hubspot_revives_and_an_erasure_does_not()
    {
        await UseAsync(HubSpotUnderTest.StartAsync());
        var (deleted, erased) = (Seed("one@example.com"), Seed("two@example.com"));

        await connector.DeleteAsync(vendor.ObjectType, [deleted], default);
        await EraseAsync(erased);

        Assert.True(vendor.Restore(vendor.ObjectType, deleted));
        Assert.IsType<Change.Seen>(await ReadAsync(deleted));
        Assert.False(vendor.Restore(vendor.ObjectType, erased));
    }

    [Fact]
    public async Task S23_zendesk_is_done_when_every_product_is()
    {
        var zendesk = await UseAsync(ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with
        {
            ErasureTimes = new Dictionary<string, TimeSpan> { ["support"] = TimeSpan.FromMinutes(1), ["chat"] = TimeSpan.FromDays(20), ["explore"] = TimeSpan.FromDays(3) },
        }));

        var outcome = await EraseAsync(Seed(Address));
        zendesk.Sandbox.Clock.Advance(TimeSpan.FromDays(4));
        outcome = Assert.IsType<ErasureOutcome.Accepted>(await AskAgainAsync(outcome)); // support and explore are complete, chat is not
        zendesk.Sandbox.Clock.Advance(TimeSpan.FromDays(17));

        Assert.Equal(new ErasureOutcome.Confirmed(ErasureEvidence.Status, 1), await AskAgainAsync(outcome));
    }

    [Fact]
    public async Task S23_zendesks_first_step_alone_leaves_the_person_there()
    {
        var zendesk = await UseAsync(ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce));
        var subject = zendesk.Seed("users", ("email", Address), ("name", "Sam Subject"));

        await connector.DeleteAsync("users", [subject], default);
        Assert.Contains("Sam Subject", vendor.Stored("users", subject), StringComparison.Ordinal);
        var outcome = await EraseAsync(subject);

        Assert.IsType<ErasureOutcome.Accepted>(outcome);
        Assert.DoesNotContain("Sam Subject", vendor.Stored("users", subject), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Klaviyo_would_erase_every_match_of_an_address_so_it_is_asked_by_id()
    {
        var klaviyo = await UseAsync(KlaviyoUnderTest.StartAsync());
        var subject = Seed(Address);
        klaviyo.Sandbox.Edit(new VendorEdit("double", "profiles", subject));
        Assert.Equal(2, vendor.Count("profiles"));

        Assert.IsType<ErasureOutcome.Confirmed>(await EndAsync(await EraseAsync(subject)));

        Assert.Equal(1, vendor.Count("profiles"));
    }

    [Fact]
    public async Task Klaviyos_job_has_no_status_and_takes_days()
    {
        var klaviyo = await UseAsync(KlaviyoUnderTest.StartAsync(new KlaviyoUnderTest(), new() { EnforceLimits = false, DeletionTime = TimeSpan.FromDays(3) }));

        var outcome = Assert.IsType<ErasureOutcome.Accepted>(await EraseAsync(Seed(Address)));
        klaviyo.Sandbox.Clock.Advance(TimeSpan.FromDays(2));
        outcome = Assert.IsType<ErasureOutcome.Accepted>(await AskAgainAsync(outcome));
        klaviyo.Sandbox.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(new ErasureOutcome.Confirmed(ErasureEvidence.Absence, 1), await AskAgainAsync(outcome));
    }

    [Fact]
    public async Task Marketo_erases_every_lead_of_an_address_and_no_other()
    {
        await UseAsync(MarketoUnderTest.StartAsync());
        string[] subjects = [Seed(Address), Seed(Address), Seed(Address)];
        Seed("other@example.com");

        Assert.Equal(new ErasureOutcome.Confirmed(ErasureEvidence.Absence, subjects.Length), await EndAsync(await EraseAsync(email: Address)));

        Assert.Equal(1, vendor.Count("leads"));
    }

    [Fact]
    public async Task S22_a_lead_that_salesforce_makes_again_is_found_again()
    {
        var marketo = await UseAsync(MarketoUnderTest.StartAsync());
        Assert.IsType<ErasureOutcome.Confirmed>(await EndAsync(await EraseAsync(Seed(Address), Address)));
        Assert.IsType<ErasureOutcome.NotFound>(await EraseAsync(email: Address));

        marketo.Sandbox.Edit(new VendorEdit("crm-sync", "leads") { Fields = new Dictionary<string, string?> { ["email"] = Address, ["lastName"] = "Subject" } });

        Assert.IsType<ErasureOutcome.Confirmed>(await EndAsync(Assert.IsType<ErasureOutcome.Accepted>(await EraseAsync(email: Address))));
    }

    [Fact]
    public async Task Salesforces_recycle_bin_is_passed_and_queryAll_believed_a_day_later()
    {
        var salesforce = await UseAsync(SalesforceUnderTest.StartAsync(options => options with { Salesforce = new() { PurgeTime = TimeSpan.FromDays(1) } }));
        var (deleted, subject) = (Seed("other@example.com"), Seed(Address));

        await connector.DeleteAsync(vendor.ObjectType, [deleted], default);
        var outcome = Assert.IsType<ErasureOutcome.Accepted>(await EraseAsync(subject));
        outcome = Assert.IsType<ErasureOutcome.Accepted>(await AskAgainAsync(outcome));

        Assert.True(outcome.After >= TimeSpan.FromDays(1));
        Assert.True(vendor.Restore(vendor.ObjectType, deleted));
        Assert.False(vendor.Restore(vendor.ObjectType, subject));
        salesforce.Sandbox.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(new ErasureOutcome.Confirmed(ErasureEvidence.Absence, 1), await AskAgainAsync(outcome));
    }

    [Fact]
    public async Task What_is_in_salesforces_recycle_bin_already_is_erased_too()
    {
        await UseAsync(SalesforceUnderTest.StartAsync());
        var subject = Seed(Address);
        vendor.Delete(vendor.ObjectType, subject);

        Assert.IsType<ErasureOutcome.Confirmed>(await EndAsync(Assert.IsType<ErasureOutcome.Accepted>(await EraseAsync(subject))));

        Assert.Null(vendor.Stored(vendor.ObjectType, subject));
    }

    [Fact]
    public async Task S35_intercoms_archive_brings_everything_back_and_its_deletion_nothing()
    {
        var intercom = await UseAsync(IntercomSandboxUnderTest.StartAsync(new()));
        var (archived, erased) = (Seed("one@example.com"), Seed("two@example.com"));

        intercom.Sandbox.Edit(new VendorEdit("archive", "contacts", archived));
        Assert.Contains("one@example.com", vendor.Stored("contacts", archived), StringComparison.Ordinal);
        Assert.IsType<ErasureOutcome.Confirmed>(await EndAsync(await EraseAsync(erased)));

        Assert.True(vendor.Restore("contacts", archived));
        Assert.IsType<Change.Seen>(await ReadAsync(archived));
        Assert.Null(vendor.Stored("contacts", erased));
        Assert.False(vendor.Restore("contacts", erased));
    }

    private async Task<T> UseAsync<T>(Task<T> starting)
        where T : VendorUnderTest
    {
        var started = await starting;
        vendor = started;
        connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, called: null);
        return started;
    }

    private string Seed(string email) => vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = email, [vendor.TextField] = "Subject" });

    private async Task<WriteOutcome> CreateAsync(string email) =>
        (await connector.WriteAsync(vendor.ObjectType, [new(Records.RecordId.New(DateTimeOffset.UnixEpoch), vendor.ObjectType, [new(vendor.EmailField, Mapping.FieldType.Email, new(email))])], default))[0];

    private async Task<Change> ReadAsync(string id) => (await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], [id], default))[0];

    private Task<ErasureOutcome> EraseAsync(string? id = null, string? email = null) => ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Id = id, Email = email }, default);

    private Task<ErasureOutcome> AskAgainAsync(ErasureOutcome outcome) => ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Ticket = ((ErasureOutcome.Accepted)outcome).Ticket }, default);

    private async Task<ErasureOutcome> EndAsync(ErasureOutcome outcome)
    {
        for (var times = 0; outcome is ErasureOutcome.Accepted && times < 100; times++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            outcome = await AskAgainAsync(outcome);
        }
        return outcome;
    }
}
