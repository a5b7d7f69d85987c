using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotConnectorTests : ConnectorContract
{
    private readonly FakeTokens tokens = new();
    private HubSpotUnderTest vendor = null!;
    private int hubIds = 1_000_000;

    protected override async Task<VendorUnderTest> StartAsync() => vendor = await HubSpotUnderTest.StartAsync();

    [Fact]
    public async Task A_value_is_dated_by_its_own_change_and_not_by_the_records()
    {
        var id = Seed("contacts", ("email", "dated@example.com"), ("firstname", "Ada"));
        await Task.Delay(20);
        vendor.Edit("contacts", id, new Dictionary<string, string?> { ["lastname"] = "Lovelace" });

        var seen = Assert.IsType<Change.Seen>((await Connect().ReadAsync("contacts", ["firstname", "lastname"], [id], default)).Single());

        Assert.True(seen.Record.Fields["firstname"].At < seen.Record.Fields["lastname"].At);
    }

    [Fact]
    public async Task Roles_of_a_deals_contacts_are_written_and_read()
    {
        var deal = Seed("deals", ("dealname", "Big"));
        var (one, two) = (Seed("contacts", ("email", "one@example.com")), Seed("contacts", ("email", "two@example.com")));
        var connector = Connect();

        foreach (var wanted in (string?[])[$"{one};{two}:Champion", $"{one}:Champion;{two}", $"{two}:Champion", null])
        {
            var outcome = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(connector, "deals", deal, new("associations.contacts", FieldType.References, new(wanted))));
            var seen = Assert.IsType<Change.Seen>((await connector.ReadAsync("deals", ["associations.contacts"], [deal], default)).Single());
            Assert.Equal(wanted, seen.Record.Fields["associations.contacts"].Text);
            Assert.Equal(wanted, outcome.Values!["associations.contacts"]);
        }
    }

    [Fact]
    public async Task An_opt_out_is_written_and_read_back()
    {
        var id = Seed("contacts", ("email", "out@example.com"));
        var connector = Connect();

        var outcome = await WriteAsync(connector, "contacts", id, new("hs_email_optout", FieldType.Boolean, new("true")));

        Assert.IsType<WriteOutcome.Stored>(outcome);
        var seen = Assert.IsType<Change.Seen>((await connector.ReadAsync("contacts", ["hs_email_optout"], [id], default)).Single());
        Assert.Equal("true", seen.Record.Fields["hs_email_optout"].Text);
    }

    [Fact]
    public async Task A_merged_contact_is_followed_by_reads_writes_and_the_feed()
    {
        var (winner, loser) = (Seed("contacts", ("email", "w@example.com")), Seed("contacts", ("email", "l@example.com")));
        var from = DateTimeOffset.FromUnixTimeMilliseconds(vendor.Time.GetUtcNow().ToUnixTimeMilliseconds());
        await Task.Delay(20);
        vendor.Sandbox.Edit(new VendorEdit("merge", "contacts", winner) { OtherId = loser });
        var connector = Connect();

        var read = (await connector.ReadAsync("contacts", ["email"], [loser], default)).Single();
        var told = new List<Change>();
        await foreach (var page in connector.ChangesAsync("contacts", ["email"], FeedPosition.At(from), vendor.Time.GetUtcNow().AddSeconds(1), default))
            told.AddRange(page.Changes);
        var written = await WriteAsync(connector, "contacts", loser, new("firstname", FieldType.Text, new("x")));

        Assert.Equal(winner, Assert.IsType<Change.Moved>(read).To.Id);
        Assert.Equal(loser, Assert.Single(told.OfType<Change.Moved>()).Ref.Id);
        Assert.Equal(winner, Assert.IsType<WriteOutcome.Moved>(written).To.Id);
    }

    [Fact]
    public async Task The_check_finds_our_property() => Assert.Empty(await Connect().CheckAsync(default));

    [Fact]
    public async Task Every_writable_default_field_is_taken_by_HubSpot()
    {
        var connector = Connect();
        var company = Seed("companies", ("name", "Acme"));

        RecordWrite write = new(NextHubId(), "companies", [new("name", FieldType.Text, new("New")), new("domain", FieldType.Text, new("new.example")), new("numberofemployees", FieldType.Number, new("12"))]);
        var made = Assert.IsType<WriteOutcome.Stored>((await connector.WriteAsync("companies", [write], default)).Single());
        RecordWrite deal = new(NextHubId(), "deals", [new("dealname", FieldType.Text, new("D")), new("amount", FieldType.Number, new("12.5")), new("closedate", FieldType.Date, new("2026-11-22")), new("associations.company", FieldType.Reference, new(company))]);
        var sold = Assert.IsType<WriteOutcome.Stored>((await connector.WriteAsync("deals", [deal], default)).Single());

        Assert.True(made.Created);
        Assert.StartsWith("2026-11-22", sold.Values!["closedate"], StringComparison.Ordinal);
        Assert.Equal(company, sold.Values["associations.company"]);
        Assert.Empty(vendor.Violations);
    }

    private string Seed(string type, params (string Name, string Value)[] fields) => vendor.Seed(type, fields.ToDictionary(f => f.Name, f => (string?)f.Value));

    private IConnector Connect() => vendor.Connect(new FakeBudget(TimeProvider.System), tokens, called: null);

    private RecordId NextHubId() => new(new Guid(++hubIds, 0, 0, new byte[8]));

    private async Task<WriteOutcome> WriteAsync(IConnector connector, string type, string id, FieldWrite field) =>
        (await connector.WriteAsync(type, [new RecordWrite(NextHubId(), type, [field]) { Target = id }], default)).Single();
}
