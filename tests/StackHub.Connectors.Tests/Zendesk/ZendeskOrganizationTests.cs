using System.Globalization;
using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>Organizations: unique names, domains, and what they do to users.</summary>
public sealed class ZendeskOrganizationTests : IAsyncLifetime
{
    private ZendeskUnderTest vendor = null!;
    private IConnector connector = null!;

    public async ValueTask InitializeAsync()
    {
        vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        connector = vendor.Connect();
        await ((IVendorSetup)connector).EnsureCustomFieldsAsync(default);
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    [Fact]
    public async Task An_organization_is_created_once_changed_read_and_deleted()
    {
        var write = Some.Organization(1, Some.Field("name", "Acme"), Some.Field("domain", "acme.example"), Some.Field("organization_fields.employees", "120", FieldType.Number));

        var stored = await connector.StoreAsync(write);
        var again = await connector.OneAsync(write);
        var changed = await connector.StoreAsync(Some.Organization(1, Some.Field("name", "Acme Inc.")) with { Target = stored.Ref.Id });
        var read = Assert.IsType<Change.Seen>((await connector.ReadAsync("organizations", Some.OrganizationFields, [stored.Ref.Id], default))[0]);
        var deleted = await connector.DeleteAsync("organizations", [stored.Ref.Id], default);
        var gone = await connector.OneAsync(Some.Organization(1, Some.Field("name", "Again")) with { Target = stored.Ref.Id });

        Assert.Equal(stored.Ref, Assert.IsType<WriteOutcome.Existing>(again).Ref);
        Assert.Equal("Acme Inc.", changed.Values!["name"]);
        Assert.True(read.Record.Complete);
        Assert.Equal(("acme.example", "120"), (read.Record.Fields["domain"].Text, read.Record.Fields["organization_fields.employees"].Text));
        Assert.IsType<WriteOutcome.Gone>(deleted[0]);
        Assert.IsType<WriteOutcome.Gone>(gone);
    }

    [Theory]
    [InlineData("acme.example", true)]
    [InlineData(null, true)]
    [InlineData("other.example", false)]
    public async Task A_taken_name_is_the_same_company_unless_the_domains_differ(string? domain, bool isSame)
    {
        var known = vendor.Seed("organizations", ("name", "Acme"), ("domain_names", "acme.example;acme.test"));

        var outcome = await connector.OneAsync(Some.Organization(1, Some.Field("name", "ACME"), Some.Field("domain", domain)));

        if (isSame)
            Assert.Equal(known, Assert.IsType<WriteOutcome.Existing>(outcome).Ref.Id);
        else
            Assert.Equal(("DuplicateValue", "name"), Assert.IsType<WriteOutcome.Refused>(outcome) is var refused ? (refused.Code, refused.VendorField) : default);
        Assert.Equal(1, vendor.Count("organizations"));
    }

    [Fact]
    public async Task Further_domains_stay()
    {
        var id = vendor.Seed("organizations", ("name", "Acme"), ("domain_names", "old.example;second.example"));

        await connector.StoreAsync(Some.Organization(1, Some.Field("domain", "new.example")) with { Target = id });

        Assert.Equal("""["new.example","second.example"]""", vendor.Sandbox.Read("organizations", id)!["domain_names"]!.ToJsonString());
    }

    [Fact]
    public async Task A_user_whom_Zendesk_put_into_an_organization_by_domain_is_read_so()
    {
        var acme = vendor.Seed("organizations", ("name", "Acme"), ("domain_names", "acme.example"));

        var stored = await connector.StoreAsync(Some.User(1, Some.Email("a@acme.example")));
        var read = Assert.IsType<Change.Seen>((await connector.ReadAsync("users", ["organization_id"], [stored.Ref.Id], default))[0]);

        Assert.Equal(acme, read.Record.Fields["organization_id"].Text);
    }

    [Fact]
    public async Task An_organization_that_is_not_there_is_refused_as_that_field()
    {
        var outcome = await connector.OneAsync(Some.User(1, Some.Email("a@example.com"), Some.Field("organization_id", "4711", FieldType.Reference)));

        Assert.Equal("organization_id", Assert.IsType<WriteOutcome.Refused>(outcome).VendorField);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(9)]
    public async Task Many_changes_of_one_second_make_a_longer_page_and_deletions_are_told(int exportPage)
    {
        var from = vendor.Time.GetUtcNow().AddSeconds(-2);
        vendor.Time.Hold();
        string[] early = [.. Enumerable.Range(0, 3).Select(number => vendor.Seed("organizations", ("name", $"Early {number}")))];
        vendor.Time.Advance(TimeSpan.FromSeconds(3));
        string[] same = [.. Enumerable.Range(0, 7).Select(number => vendor.Seed("organizations", ("name", $"Same {number}")))];
        vendor.Time.Release();
        vendor.Time.Advance(TimeSpan.FromSeconds(3));
        vendor.Delete("organizations", early[0]);

        var pages = await Some.All(vendor.Connect(("exportPage", exportPage.ToString(CultureInfo.InvariantCulture))).ChangesAsync("organizations", ["name"], FeedPosition.At(from), vendor.Time.GetUtcNow(), default));

        var changes = pages.SelectMany(page => page.Changes).ToList();
        Assert.Equal([.. early[1..], .. same, early[0]], changes.Select(change => change.Ref.Id));
        Assert.IsType<Change.Deleted>(changes[^1]);
    }
}
