using System.Net;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomContactsTests : IDisposable
{
    private readonly FakeIntercom vendor = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task A_new_contact_carries_the_hub_id_its_role_and_a_name_to_read()
    {
        var outcome = await WriteOne(Some.Contact(1, Some.Email("a@example.com"), Some.First("Mary Ann"), Some.Last("Smith")));

        var stored = Assert.IsType<WriteOutcome.Stored>(outcome);
        Assert.True(stored.Created);
        Assert.Equal("Smith", stored.Values!["custom_attributes.last_name"]);
        Assert.Equal(["POST /contacts/search", "POST /contacts"], vendor.Calls);
        Assert.Equal(
            """{"email":"a@example.com","custom_attributes":{"first_name":"Mary Ann","last_name":"Smith"},"role":"user","external_id":"00000000000070008000000000000001","name":"Mary Ann Smith"}""",
            vendor.Requests[1].Body!.ToJsonString());
    }

    [Fact]
    public async Task Every_call_names_the_version_and_the_token()
    {
        await WriteOne(Some.Contact(1, Some.Email("a@example.com")));

        Assert.All(vendor.Requests, r => Assert.Equal(["2.15"], r.Message.Headers.GetValues("Intercom-Version")));
        Assert.All(vendor.Requests, r => Assert.Equal("Bearer token", r.Message.Headers.Authorization!.ToString()));
    }

    [Fact]
    public async Task One_search_serves_all_creates_of_a_call()
    {
        var outcomes = await Write([.. Enumerable.Range(1, 20).Select(n => Some.Contact(n, Some.Email($"p{n}@example.com")))]);

        Assert.All(outcomes, o => Assert.True(Assert.IsType<WriteOutcome.Stored>(o).Created));
        Assert.Single(vendor.Calls, "POST /contacts/search");
        Assert.Equal(20, vendor.Contacts.Count);
    }

    [Fact]
    public async Task An_address_the_system_has_is_not_created_again()
    {
        vendor.Contact("c9", 1_700_000_000, email: "a@example.com");

        var outcome = await WriteOne(Some.Contact(1, Some.Email("A@example.com".ToLowerInvariant())));

        Assert.Equal(new WriteOutcome.Existing(new ExternalRef(Some.System, "contacts", "c9")), outcome);
        Assert.Single(vendor.Contacts);
    }

    [Fact]
    public async Task Our_own_id_decides_even_when_others_share_the_address()
    {
        vendor.Contact("c8", 1_700_000_000, email: "a@example.com");
        vendor.Contact("c9", 1_700_000_000, email: "a@example.com", externalId: Some.Id(1).ToString());

        Assert.Equal("c9", Assert.IsType<WriteOutcome.Existing>(await WriteOne(Some.Contact(1, Some.Email("a@example.com")))).Ref.Id);
        Assert.Equal(["c8", "c9"], Assert.IsType<WriteOutcome.Ambiguous>(await WriteOne(Some.Contact(2, Some.Email("a@example.com")))).Refs.Select(r => r.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_without_an_answer_makes_one_contact_though_the_search_lags(bool refusesDuplicates)
    {
        vendor.SearchLag = TimeSpan.FromMinutes(5);
        vendor.RefusesDuplicates = refusesDuplicates;
        vendor.After = sent =>
        {
            if (sent is { Method: "POST", Path: "/contacts" })
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
        };
        var write = Some.Contact(1, Some.Email("a@example.com"));

        var lost = Assert.Single(await Some.Connector(vendor).WriteAsync("contacts", [write, ], default));
        vendor.After = _ => { };
        var again = Assert.Single(await Some.Connector(vendor).WriteAsync("contacts", [write with { Uncertain = true }], default)); // another process

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost).Uncertain);
        Assert.IsType<WriteOutcome.Existing>(again);
        Assert.Single(vendor.Contacts);
    }

    [Fact]
    public async Task Two_records_of_one_address_make_one_contact_though_the_search_lags()
    {
        vendor.SearchLag = TimeSpan.FromMinutes(5);
        vendor.RefusesDuplicates = false;
        var connector = Some.Connector(vendor);

        var together = await connector.WriteAsync("contacts", [Some.Contact(1, Some.Email("a@example.com")), Some.Contact(2, Some.Email("A@EXAMPLE.com"))], default);
        var later = await connector.WriteAsync("contacts", [Some.Contact(3, Some.Email("a@example.com"))], default);

        Assert.IsType<WriteOutcome.Stored>(together[0]);
        Assert.IsType<WriteOutcome.Existing>(together[1]);
        Assert.IsType<WriteOutcome.Existing>(later[0]);
        Assert.Single(vendor.Contacts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_is_a_link_whether_or_not_it_names_the_contact(bool named)
    {
        vendor.SearchLag = TimeSpan.FromMinutes(5);
        vendor.NamesTheDuplicate = named;
        vendor.Contact("c9", vendor.Time.GetUtcNow().ToUnixTimeSeconds(), externalId: Some.Id(1).ToString());

        var outcome = await WriteOne(Some.Contact(1, Some.Email("a@example.com")));

        Assert.Equal("c9", Assert.IsType<WriteOutcome.Existing>(outcome).Ref.Id);
    }

    [Fact]
    public async Task A_conflict_with_a_contact_nobody_can_show_yet_is_tried_again_after_the_lag()
    {
        vendor.SearchLag = TimeSpan.FromMinutes(5);
        vendor.NamesTheDuplicate = false;
        vendor.Contact("c9", vendor.Time.GetUtcNow().ToUnixTimeSeconds(), email: "a@example.com");

        Assert.Equal(new WriteOutcome.Retry("conflict", TimeSpan.FromMinutes(5)), await WriteOne(Some.Contact(1, Some.Email("a@example.com"))));
    }

    [Fact]
    public async Task A_contact_archived_by_a_person_is_not_linked()
    {
        vendor.Before = sent => sent is { Method: "POST", Path: "/contacts" }
            ? FakeIntercom.Error(HttpStatusCode.Conflict, "conflict", "An archived contact matching those details already exists with id=c9")
            : null;

        Assert.Equal("conflict", Assert.IsType<WriteOutcome.Refused>(await WriteOne(Some.Contact(1, Some.Email("a@example.com")))).Code);
    }

    [Fact]
    public async Task An_unknown_attribute_refuses_its_record_alone_and_names_the_field()
    {
        var outcomes = await Write([Some.Contact(1, Some.Field("custom_attributes.shoe_size", "44")), Some.Contact(2, Some.Email("b@example.com"))]);

        Assert.Equal("custom_attributes.shoe_size", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).VendorField);
        Assert.IsType<WriteOutcome.Stored>(outcomes[1]);
    }

    [Fact]
    public async Task Half_a_name_composes_with_the_half_that_is_stored()
    {
        vendor.Contact("c1", 1_700_000_000, name: "Mary Smith")["custom_attributes"] = new JsonObject { ["first_name"] = "Mary", ["last_name"] = "Smith" };

        await WriteOne(Some.Contact(1, Some.Last("Jones")) with { Target = "c1" });

        Assert.Equal(["GET /contacts/c1", "PUT /contacts/c1", "PUT /contacts/c1"], vendor.Calls);
        Assert.Equal("Mary Jones", (string?)vendor.Contacts["c1"]["name"]);
    }

    [Fact]
    public async Task Half_a_name_keeps_the_half_that_is_only_in_the_one_name()
    {
        vendor.Contact("c1", 1_700_000_000, name: "Mary Smith");

        await WriteOne(Some.Contact(1, Some.Last("Jones")) with { Target = "c1" });

        Assert.Equal("Mary Jones", (string?)vendor.Contacts["c1"]["name"]);
        Assert.Equal("Mary", (string?)vendor.Contacts["c1"]["custom_attributes"]!["first_name"]);
    }

    [Fact]
    public async Task An_update_touches_only_its_fields()
    {
        vendor.Contact("c1", 1_700_000_000, email: "a@example.com", externalId: "theirs", name: "Mary Smith");

        var outcome = await WriteOne(Some.Contact(1, Some.Field("phone", "+14155550100", FieldType.Phone)) with { Target = "c1" });

        Assert.False(Assert.IsType<WriteOutcome.Stored>(outcome).Created);
        Assert.Equal("""{"phone":"\u002B14155550100"}""", Assert.Single(vendor.Requests).Body!.ToJsonString());
        Assert.Equal("theirs", (string?)vendor.Contacts["c1"]["external_id"]);
    }

    [Fact]
    public async Task A_merged_contact_moves_to_its_survivor_and_a_deleted_one_is_gone()
    {
        vendor.Contact("c2", 1_700_000_000, externalId: Some.Id(1).ToString());

        var merged = await WriteOne(Some.Contact(1, Some.Email("a@example.com")) with { Target = "c1" });
        var deleted = await WriteOne(Some.Contact(3, Some.Email("b@example.com")) with { Target = "c3" });

        Assert.Equal("c2", Assert.IsType<WriteOutcome.Moved>(merged).To.Id);
        Assert.IsType<WriteOutcome.Gone>(deleted);
    }

    [Theory]
    [InlineData(new string[0], "k2", new[] { "k2" })]
    [InlineData(new[] { "k1" }, "k2", new[] { "k2" })]
    [InlineData(new[] { "k1", "k3" }, "k2", new[] { "k1", "k3", "k2" })] // attached by others, so they stay
    [InlineData(new[] { "k2" }, "k2", new[] { "k2" })]
    [InlineData(new[] { "k1" }, null, new string[0])]
    [InlineData(new[] { "k1", "k3" }, null, new[] { "k1", "k3" })]
    public async Task The_company_is_attached_and_the_former_one_detached(string[] before, string? wanted, string[] after)
    {
        foreach (var id in new[] { "k1", "k2", "k3" })
            vendor.Company(id, 1_700_000_000);
        vendor.Contact("c1", 1_700_000_000);
        vendor.Attach("c1", before);

        var outcome = await WriteOne(Some.Contact(1, Some.AtCompany(wanted)) with { Target = "c1" });

        Assert.Equal(wanted, Assert.IsType<WriteOutcome.Stored>(outcome).Values!["company"]);
        Assert.Equal(after, vendor.Contacts["c1"]["companies"]!["data"]!.AsArray().Select(l => (string)l!["id"]!));
    }

    [Fact]
    public async Task A_missing_company_refuses_an_update_and_leaves_a_create_linked()
    {
        vendor.Contact("c1", 1_700_000_000);

        var update = await WriteOne(Some.Contact(1, Some.AtCompany("k9")) with { Target = "c1" });
        var create = await WriteOne(Some.Contact(2, Some.Email("b@example.com"), Some.AtCompany("k9")));

        Assert.Equal("company", Assert.IsType<WriteOutcome.Refused>(update).VendorField);
        Assert.Null(Assert.IsType<WriteOutcome.Stored>(create).Values!["company"]);
    }

    [Fact]
    public async Task A_create_whose_second_step_fails_is_found_again()
    {
        vendor.Company("k1", 1_700_000_000);
        vendor.Before = sent => sent.Path.EndsWith("/companies", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null;
        var write = Some.Contact(1, Some.Email("a@example.com"), Some.AtCompany("k1"));

        var first = await Some.Connector(vendor).WriteAsync("contacts", [write], default);
        var second = await Some.Connector(vendor).WriteAsync("contacts", [write with { Uncertain = true }], default);

        Assert.True(Assert.IsType<WriteOutcome.Retry>(first[0]).Uncertain);
        Assert.IsType<WriteOutcome.Existing>(second[0]);
    }

    [Fact]
    public async Task Deleting_twice_is_the_same_as_once()
    {
        vendor.Contact("c1", 1_700_000_000);

        var outcomes = await Some.Connector(vendor).DeleteAsync("contacts", ["c1", "c1"], default);

        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Gone>(o));
        Assert.Empty(vendor.Contacts);
    }

    [Fact]
    public async Task A_deleted_contact_is_not_remembered()
    {
        var connector = Some.Connector(vendor);
        var stored = (WriteOutcome.Stored)(await connector.WriteAsync("contacts", [Some.Contact(1, Some.Email("a@example.com"))], default))[0];
        await connector.DeleteAsync("contacts", [stored.Ref.Id], default);

        Assert.IsType<WriteOutcome.Stored>((await connector.WriteAsync("contacts", [Some.Contact(1, Some.Email("a@example.com"))], default))[0]);
    }

    [Fact]
    public async Task A_preview_sends_nothing()
    {
        var connector = Some.Connector(vendor);
        RecordWrite[] writes = [Some.Contact(1, Some.Email("a@example.com"), Some.AtCompany("k1")), Some.Contact(2, Some.AtCompany("k1")) with { Target = "c1" }];

        var requests = connector.Preview("contacts", writes);
        await connector.WriteAsync("contacts", [], default);

        Assert.Equal(["POST /contacts/search", "POST /contacts", "POST /contacts/{id}/companies", "GET /contacts/c1", "POST /contacts/c1/companies"], requests.Select(r => r.ToString()));
        Assert.Empty(vendor.Requests);
    }

    private async Task<WriteOutcome> WriteOne(RecordWrite write) => (await Write(write))[0];

    private Task<IReadOnlyList<WriteOutcome>> Write(params RecordWrite[] writes) => Some.Connector(vendor).WriteAsync("contacts", writes, default);
}
