using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;
using SandboxSettings = StackHub.Sandbox.Vendors.Intercom.IntercomOptions;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>What is particular to Intercom, against the sandbox and over real HTTP.</summary>
public sealed class IntercomSandboxTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_create_under_a_lagging_search_makes_one_contact(bool refusesDuplicates)
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings { RefuseDuplicates = refusesDuplicates, SearchLag = TimeSpan.FromMinutes(5) });
        var write = Some.Contact(1, Some.Email("a@example.com"));
        vendor.Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.DropAfter);

        var lost = await Connect(vendor).WriteAsync("contacts", [write], default);
        var again = await Connect(vendor).WriteAsync("contacts", [write with { Uncertain = true }], default); // another process

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost[0]).Uncertain);
        Assert.IsType<WriteOutcome.Existing>(again[0]);
        Assert.Equal(1, vendor.Count("contacts"));
    }

    [Fact]
    public async Task Setup_creates_the_attributes_a_person_needs_and_the_name_follows_them()
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings());
        var connector = Connect(vendor);

        var missing = await connector.CheckAsync(default);
        await ((IVendorSetup)connector).EnsureCustomFieldsAsync(default);
        var stored = Assert.IsType<WriteOutcome.Stored>((await connector.WriteAsync("contacts", [Some.Contact(1, Some.Email("a@example.com"), Some.First("Mary Ann"), Some.Last("Smith"))], default))[0]);

        Assert.NotEmpty(missing);
        Assert.Empty(await connector.CheckAsync(default));
        Assert.Equal("Mary Ann Smith", (string?)vendor.Sandbox.Read("contacts", stored.Ref.Id)!["name"]);
        var read = Assert.IsType<Change.Seen>((await connector.ReadAsync("contacts", Some.ContactFields, [stored.Ref.Id], default))[0]);
        Assert.True(read.Record.Complete);
        Assert.Equal("Mary Ann", read.Record.Fields[IntercomFields.FirstName].Text);
    }

    [Fact]
    public async Task A_merged_contact_moves_when_its_survivor_carries_our_id()
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings());
        var lead = vendor.Seed("contacts", new Dictionary<string, string?> { ["role"] = "lead", ["email"] = "lead@example.com" });
        var user = vendor.Seed("contacts", new Dictionary<string, string?> { ["role"] = "user", ["external_id"] = Some.Id(1).ToString() });
        vendor.Sandbox.Edit(new VendorEdit("merge", "contacts", user) { OtherId = lead });
        var connector = Connect(vendor);

        var written = await connector.WriteAsync("contacts", [Some.Contact(1, Some.Field("phone", "+14155550100")) with { Target = lead }], default);
        var read = await connector.ReadAsync("contacts", ["email"], [lead], default);

        Assert.Equal(user, Assert.IsType<WriteOutcome.Moved>(written[0]).To.Id);
        Assert.IsType<Change.Deleted>(read[0]);
    }

    [Fact]
    public async Task Companies_are_scanned_and_told_once_somebody_belongs_to_them()
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings());
        var connector = Connect(vendor);
        var company = Assert.IsType<WriteOutcome.Stored>((await connector.WriteAsync("companies", [Some.Company(1, Some.Field("name", "Acme"), Some.Field("website", "acme.com"))], default))[0]).Ref.Id;
        await connector.WriteAsync("contacts", [Some.Contact(2, Some.Email("a@example.com"), Some.AtCompany(company))], default);

        var scanned = await Some.All(connector.ScanAsync("companies", Some.CompanyFields, null, default));
        var told = await Some.All(connector.ChangesAsync("companies", Some.CompanyFields, FeedPosition.At(vendor.Time.GetUtcNow().AddMinutes(-1)), vendor.Time.GetUtcNow(), default));

        var seen = Assert.Single(scanned.SelectMany(p => p.Records));
        Assert.Equal(("Acme", "acme.com"), (seen.Record.Fields["name"].Text, seen.Record.Fields["website"].Text));
        Assert.Equal(company, Assert.Single(told.SelectMany(p => p.Changes)).Ref.Id);
    }

    [Fact]
    public async Task A_long_window_is_told_whole_and_in_order()
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings());
        var from = vendor.Time.GetUtcNow();
        for (var n = 0; n < 3_300; n++)
            vendor.Seed("contacts", new Dictionary<string, string?> { ["email"] = $"p{n}@example.com" });

        var pages = await Some.All(Connect(vendor).ChangesAsync("contacts", ["email"], FeedPosition.At(from), vendor.Time.GetUtcNow(), default));

        var changes = pages.SelectMany(p => p.Changes).Cast<Change.Seen>().ToList();
        Assert.Equal(3_300, changes.Select(c => c.Ref.Id).Distinct().Count());
        Assert.Equal(changes.OrderBy(c => c.Record.ModifiedAt).ThenBy(c => c.Ref.Id, StringComparer.Ordinal), changes);
    }

    [Fact]
    public async Task An_empty_slice_is_waited_out_before_the_vendor_refuses()
    {
        await using var vendor = await IntercomSandboxUnderTest.StartAsync(new SandboxSettings { SliceCalls = 10, Slice = TimeSpan.FromSeconds(1) });
        var id = vendor.Seed("contacts", new Dictionary<string, string?> { ["email"] = "a@example.com" });

        var read = await Connect(vendor, ("concurrency", "1")).ReadAsync("contacts", ["email"], [.. Enumerable.Repeat(id, 25)], default);

        Assert.All(read, r => Assert.IsType<Change.Seen>(r));
        Assert.Empty(vendor.Violations);
    }

    private static IConnector Connect(IntercomSandboxUnderTest vendor, params (string Name, string Value)[] more)
    {
        var settings = vendor.Settings();
        foreach (var (name, value) in more)
            settings[name] = value;
        return new IntercomFactory().Create(new ConnectorContext(Some.System, settings, new FakeBudget(TimeProvider.System), new NoTokens(), vendor.Time));
    }
}
