using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>Salesforce's own traps, against the sandbox.</summary>
public sealed class SalesforceTrapTests : IAsyncLifetime
{
    private readonly FakeTokens tokens = new();
    private readonly FakeBudget budget = new(TimeProvider.System);
    private SalesforceUnderTest vendor = null!;
    private SalesforceConnector connector = null!;

    public async ValueTask InitializeAsync()
    {
        vendor = await SalesforceUnderTest.StartAsync();
        connector = vendor.Create(budget, tokens);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.DoesNotContain(vendor.Violations, violation => !violation.StartsWith("limit", StringComparison.Ordinal));
        connector.Dispose();
        tokens.Dispose();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task A_converted_lead_moves_to_its_contact_in_writes_reads_and_the_feed()
    {
        var from = vendor.Time.GetUtcNow();
        var lead = Seed("Lead", ("Email", "ada@example.com"));
        vendor.Change(new VendorEdit("convert", "Lead", lead));
        var contact = await OnlyContactAsync();

        var written = await WriteAsync(Update("Lead", lead, Field("Title", "CTO")));
        var read = await connector.ReadAsync("Lead", [], [lead], TestContext.Current.CancellationToken);
        var told = await ChangesAsync("Lead", from);

        Assert.Equal(contact, Assert.IsType<WriteOutcome.Moved>(written).To.Id);
        Assert.Equal(contact, Assert.IsType<Change.Moved>(Assert.Single(read)).To.Id);
        Assert.Equal(contact, Assert.IsType<Change.Moved>(Assert.Single(told)).To.Id);
    }

    [Fact]
    public async Task A_merged_loser_moves_to_the_survivor_of_the_last_merge()
    {
        var ids = Enumerable.Range(0, 3).Select(number => Seed("Contact", ("Email", $"{number}@example.com"))).ToList();
        vendor.Change(new VendorEdit("merge", "Contact", ids[1]) { OtherId = ids[0] });
        vendor.Change(new VendorEdit("merge", "Contact", ids[2]) { OtherId = ids[1] });

        var written = await WriteAsync(Update("Contact", ids[0], Field("Title", "CTO")));
        var read = await connector.ReadAsync("Contact", [], [ids[0]], TestContext.Current.CancellationToken);

        Assert.Equal(ids[2], Assert.IsType<WriteOutcome.Moved>(written).To.Id);
        Assert.Equal(ids[2], Assert.IsType<Change.Moved>(Assert.Single(read)).To.Id);
    }

    [Fact]
    public async Task A_locked_row_is_tried_again()
    {
        var contact = Seed("Contact", ("Email", "ada@example.com"));
        vendor.Sandbox.Faults.LockedRows = 1;
        var locked = await WriteAsync(Update("Contact", contact, Field("Title", "CTO")));
        vendor.Sandbox.Faults.LockedRows = 0;
        var stored = await WriteAsync(Update("Contact", contact, Field("Title", "CTO")));

        Assert.Equal("UNABLE_TO_LOCK_ROW", Assert.IsType<WriteOutcome.Retry>(locked).Code);
        Assert.IsType<WriteOutcome.Stored>(stored);
    }

    /// <summary>The sandbox gives a lead or an account to its queue whenever a write leaves Sforce-Auto-Assign at its default, as Salesforce does.</summary>
    [Theory]
    [InlineData("Lead")]
    [InlineData("Account")]
    public async Task Scenario_44_a_new_phone_number_leaves_the_owner_alone(string type)
    {
        FieldWrite[] name = type == "Lead" ? [Field("LastName", "Lovelace"), Field("Company", "Analytical")] : [Field("Name", "Analytical")];
        var created = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create(type, name)));
        await WriteAsync(Update(type, created.Ref.Id, Field("Phone", "+14155550100")));

        Assert.Equal((vendor.Sandbox.IntegrationUserId, "+14155550100"), (Now("OwnerId"), Now("Phone")));

        string? Now(string field) => vendor.Sandbox.Read(type, created.Ref.Id)?[field]?.GetValue<string>();
    }

    [Fact]
    public async Task An_owner_that_was_decided_is_written_and_read_by_its_id()
    {
        var created = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create("Lead", Field("LastName", "Lovelace"), Field("Company", "Analytical"), Field("OwnerId", vendor.Sandbox.HumanUserId))));

        var read = await connector.ReadAsync("Lead", ["OwnerId"], [created.Ref.Id], TestContext.Current.CancellationToken);

        Assert.Equal(vendor.Sandbox.HumanUserId, Assert.IsType<Change.Seen>(read.Single()).Record.Fields["OwnerId"].Text);
    }

    [Fact]
    public async Task The_daily_limit_stops_the_system()
    {
        await using var small = await SalesforceUnderTest.StartAsync(options => options with { Salesforce = options.Salesforce with { DailyCalls = 1 } });
        using var limited = small.Create(budget, tokens);
        await limited.ReadAsync("Account", [], ["001000000000001AAA"], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<VendorUnavailableException>(() => limited.ReadAsync("Account", [], ["001000000000001AAA"], TestContext.Current.CancellationToken));

        Assert.Equal((TimeSpan.FromMinutes(1), false), (refused.RetryAfter, refused.NeedsPerson));
        Assert.Equal([TimeSpan.FromMinutes(1)], budget.Blocks);
        Assert.Equal(1, limited.Usage?.Allowed);
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_found_again()
    {
        var create = Create("Contact", Field("Email", "ada@example.com", FieldType.Email), Field("LastName", "Lovelace"));
        vendor.Sandbox.Faults.Plan(FaultKind.None, FaultKind.None, FaultKind.DropAfter); // two searches, then the upsert

        var lost = await WriteAsync(create);
        var found = await WriteAsync(create with { Uncertain = true });

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost).Uncertain);
        Assert.False(Assert.IsType<WriteOutcome.Stored>(found).Created);
        Assert.Equal(1, vendor.Count("Contact"));
    }

    [Fact]
    public async Task One_unreadable_value_refuses_only_its_record()
    {
        var accounts = Enumerable.Range(0, 5).Select(number => Seed("Account", ("Name", $"Account {number}"))).ToList();

        var outcomes = await connector.WriteAsync("Account", [.. accounts.Select((id, index) => Update("Account", id, Field("NumberOfEmployees", index == 3 ? "12.5" : "12", FieldType.Number)))], TestContext.Current.CancellationToken);

        Assert.Equal([3], outcomes.Index().Where(entry => entry.Item is WriteOutcome.Refused).Select(entry => entry.Index));
        Assert.Equal(4, outcomes.Count(outcome => outcome is WriteOutcome.Stored));
    }

    [Fact]
    public async Task An_address_with_a_quote_is_searched_and_found()
    {
        var lead = Seed("Lead", ("Email", "o'brien@example.com"));

        var outcome = await WriteAsync(Create("Contact", Field("Email", "o'brien@example.com", FieldType.Email), Field("LastName", "O'Brien")));

        Assert.Equal(("Lead", lead), (Assert.IsType<WriteOutcome.Existing>(outcome).Ref.ObjectType, ((WriteOutcome.Existing)outcome).Ref.Id));
    }

    [Fact]
    public async Task Contact_roles_go_there_and_come_back_and_their_changes_are_told()
    {
        var (ada, bob) = (Seed("Contact", ("Email", "ada@example.com")), Seed("Contact", ("Email", "bob@example.com")));
        var deal = Seed("Opportunity", ("Name", "Deal"), ("StageName", "Prospecting"), ("CloseDate", "2026-12-31"));
        await WriteAsync(Update("Opportunity", deal, Roles($"{ada}:User;{bob}")));
        var first = await RolesOfAsync(deal);
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        var from = vendor.Time.GetUtcNow();

        await WriteAsync(Update("Opportunity", deal, Roles($"{ada}:Decision Maker")));
        var told = await ChangesAsync("Opportunity", from);

        Assert.Equal(string.Join(';', new[] { $"{ada}:User", bob }.Order(StringComparer.Ordinal)), first);
        Assert.Equal($"{ada}:Decision Maker", await RolesOfAsync(deal));
        Assert.Equal(deal, Assert.IsType<Change.Touched>(Assert.Single(told)).Ref.Id);
    }

    [Fact]
    public async Task Field_history_tells_when_a_value_was_written()
    {
        using var dated = vendor.Create(budget, tokens, called: null, ("fieldHistory", "true"));
        var contact = Seed("Contact", ("Email", "ada@example.com"));
        vendor.Edit("Contact", contact, new Dictionary<string, string?> { ["Phone"] = "1" });
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        vendor.Edit("Contact", contact, new Dictionary<string, string?> { ["Title"] = "CTO" });

        var seen = Assert.IsType<Change.Seen>(Assert.Single(await dated.ReadAsync("Contact", ["Phone", "Title"], [contact], TestContext.Current.CancellationToken)));

        Assert.True(seen.Record.Fields["Phone"].At < seen.Record.Fields["Title"].At);
    }

    [Fact]
    public async Task Outbound_messages_arrive_and_are_acknowledged()
    {
        await using var hub = await HookListener.StartAsync(connector.Webhooks!);
        vendor.Sandbox.Webhooks.Target = hub.Address("hooks/salesforce/s3cret");

        var contact = Seed("Contact", ("Email", "ada@example.com"));
        await vendor.Sandbox.WebhooksDeliveredAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var seen = Assert.IsType<Change.Seen>(Assert.Single(hub.Changes));
        Assert.Equal((contact, "ada@example.com"), (seen.Ref.Id, seen.Record.Fields["Email"].Text));
        Assert.Equal([SignatureVerdict.Valid], hub.Verdicts);
    }

    [Fact]
    public async Task Outbound_messages_at_a_wrong_address_are_refused()
    {
        await using var hub = await HookListener.StartAsync(connector.Webhooks!);
        vendor.Sandbox.Webhooks.Retries = [];
        vendor.Sandbox.Webhooks.Target = hub.Address("hooks/salesforce/guess");

        Seed("Contact", ("Email", "ada@example.com"));
        await vendor.Sandbox.WebhooksDeliveredAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Empty(hub.Changes);
        Assert.Equal([SignatureVerdict.Mismatch], hub.Verdicts);
    }

    [Fact]
    public async Task The_organisation_passes_its_check() =>
        Assert.Empty(await connector.CheckAsync(TestContext.Current.CancellationToken));

    private string Seed(string type, params (string Name, string Value)[] fields) => vendor.Seed(type, fields.ToDictionary(field => field.Name, field => (string?)field.Value));

    private async Task<WriteOutcome> WriteAsync(RecordWrite write) => (await connector.WriteAsync(write.ObjectType, [write], TestContext.Current.CancellationToken)).Single();

    private async Task<string?> RolesOfAsync(string opportunity) =>
        Assert.IsType<Change.Seen>(Assert.Single(await connector.ReadAsync("Opportunity", [SalesforceMaps.ContactRoles], [opportunity], TestContext.Current.CancellationToken))).Record.Fields[SalesforceMaps.ContactRoles].Text;

    private async Task<string> OnlyContactAsync()
    {
        var pages = await connector.ScanAsync("Contact", [], checkpoint: null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        return Assert.Single(pages.SelectMany(page => page.Records)).Ref.Id;
    }

    private async Task<List<Change>> ChangesAsync(string type, DateTimeOffset from)
    {
        var pages = connector.ChangesAsync(type, type == "Opportunity" ? ["Name", SalesforceMaps.ContactRoles] : ["Email"], FeedPosition.At(from), vendor.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        return [.. (await pages.ToListAsync(TestContext.Current.CancellationToken)).SelectMany(page => page.Changes)];
    }

    private static FieldWrite Roles(string text) => Field(SalesforceMaps.ContactRoles, text, FieldType.References);
}
