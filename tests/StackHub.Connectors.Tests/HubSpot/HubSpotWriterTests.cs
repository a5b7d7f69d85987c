using System.Net;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotWriterTests : IDisposable
{
    private readonly FakeTokens tokens = new();
    private int hubIds;

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task A_contact_with_an_address_is_upserted_by_it_and_carries_the_hubs_id()
    {
        var vendor = new FakeVendor(Upserted);
        var write = Contact("Ada@Example.com");

        var outcomes = await Connect(vendor).WriteAsync("contacts", [write], default);

        var input = Assert.Single(vendor.Sent.Single().Inputs);
        Assert.Equal("/crm/v3/objects/contacts/batch/upsert", vendor.Sent[0].Path);
        Assert.Equal("email", (string?)input["idProperty"]);
        Assert.Equal("Ada@Example.com", (string?)input["id"]);
        Assert.Equal(write.HubId.ToString(), (string?)input["properties"]!["stackhub_id"]);
        var stored = Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.True(stored.Created);
        Assert.Equal("ada@example.com", stored.Values!["email"]);
        Assert.NotNull(stored.StoredAt);
    }

    [Fact]
    public async Task A_contact_without_an_address_is_upserted_by_the_hubs_id()
    {
        var vendor = new FakeVendor(Upserted);

        await Connect(vendor).WriteAsync("contacts", [Contact(null)], default);

        Assert.Equal("stackhub_id", (string?)vendor.Sent.Single().Inputs.Single()["idProperty"]);
    }

    [Fact]
    public async Task Updates_and_creates_go_in_a_call_each_and_keep_their_order()
    {
        var vendor = new FakeVendor(Upserted);

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Contact("a@example.com"), Contact("b@example.com", target: "5"), Contact("c@example.com")], default);

        Assert.Equal(2, vendor.Sent.Count);
        Assert.Equal("5", Assert.IsType<WriteOutcome.Stored>(outcomes[1]).Ref.Id);
        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Stored>(o));
    }

    [Fact]
    public async Task Two_new_records_with_one_address_are_not_in_the_same_call()
    {
        var vendor = new FakeVendor(Upserted);

        await Connect(vendor).WriteAsync("contacts", [Contact("a@example.com"), Contact("A@example.com")], default);

        Assert.Equal([1, 1], vendor.Sent.Select(s => s.Inputs.Count()));
    }

    [Fact]
    public async Task A_cleared_field_is_sent_as_an_empty_text()
    {
        var vendor = new FakeVendor(Upserted);

        await Connect(vendor).WriteAsync("contacts", [new(HubId(), "contacts", [new("phone", FieldType.Phone, FieldValue.Blank)]) { Target = "5" }], default);

        Assert.Equal("", (string?)vendor.Sent.Single().Inputs.Single()["properties"]!["phone"]);
    }

    [Fact]
    public async Task A_batch_refused_for_one_record_is_halved_until_that_one_is_alone()
    {
        var vendor = new FakeVendor(r => r.Inputs.Any(i => (string?)i["id"] == "bad@example.com")
            ? Refusal(HttpStatusCode.BadRequest, "VALIDATION_ERROR", "Email address bad@example.com is invalid", "INVALID_EMAIL", "email")
            : Upserted(r));
        var writes = Enumerable.Range(0, 100).Select(i => Contact(i == 42 ? "bad@example.com" : $"p{i}@example.com")).ToList();

        var outcomes = await Connect(vendor).WriteAsync("contacts", writes, default);

        var refused = Assert.IsType<WriteOutcome.Refused>(outcomes[42]);
        Assert.Equal(("INVALID_EMAIL", "email"), (refused.Code, refused.VendorField));
        Assert.Equal(99, outcomes.Count(o => o is WriteOutcome.Stored));
        Assert.InRange(vendor.Sent.Count, 2, 16);
    }

    [Fact]
    public async Task An_unknown_property_is_refused_for_all_that_have_it_without_asking_one_by_one()
    {
        var vendor = new FakeVendor(r => r.Inputs.Any(i => i["properties"]!["nope"] is not null)
            ? Refusal(HttpStatusCode.BadRequest, "VALIDATION_ERROR", """Property values were not valid: [{"isValid":false,"message":"Property \"nope\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"nope"}]""")
            : Upserted(r));
        var writes = Enumerable.Range(0, 10).Select(i => i < 5 ? Contact($"p{i}@example.com") : new(HubId(), "contacts", [new("email", FieldType.Email, new($"p{i}@example.com")), new("nope", FieldType.Text, new("x"))])).ToList();

        var outcomes = await Connect(vendor).WriteAsync("contacts", writes, default);

        Assert.Equal(5, outcomes.OfType<WriteOutcome.Refused>().Count(r => r.VendorField == "nope"));
        Assert.Equal(5, outcomes.Count(o => o is WriteOutcome.Stored));
        Assert.Equal(2, vendor.Sent.Count);
    }

    [Fact]
    public async Task A_conflict_names_the_record_that_exists()
    {
        var vendor = new FakeVendor(_ => Refusal(HttpStatusCode.Conflict, "CONFLICT", "Contact already exists. Existing ID: 123"));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Contact("a@example.com", target: "5")], default);

        Assert.Equal("123", Assert.IsType<WriteOutcome.Existing>(outcomes[0]).Ref.Id);
    }

    [Fact]
    public async Task A_partial_answer_is_matched_by_id()
    {
        var vendor = new FakeVendor(r => r.Path.Contains("batch/update", StringComparison.Ordinal)
            ? FakeVendor.Json(HttpStatusCode.MultiStatus, """{"status":"COMPLETE","results":[{"id":"3","properties":{},"updatedAt":"2026-01-01T00:00:00Z"},{"id":"1","properties":{},"updatedAt":"2026-01-01T00:00:00Z"}],"numErrors":1,"errors":[{"status":"error","category":"OBJECT_NOT_FOUND","message":"Could not get some CONTACT objects","context":{"ids":["2"]}}]}""")
            : r.Method == "GET" ? new HttpResponseMessage(HttpStatusCode.NotFound) : FakeVendor.Ok("""{"results":[]}"""));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Contact("a@example.com", "1"), Contact("b@example.com", "2"), Contact("c@example.com", "3")], default);

        Assert.Equal(["1", null, "3"], outcomes.Select(o => (o as WriteOutcome.Stored)?.Ref.Id));
        Assert.IsType<WriteOutcome.Gone>(outcomes[1]);
    }

    [Fact]
    public async Task A_record_that_was_merged_is_followed()
    {
        var vendor = new FakeVendor(r => r.Path.Contains("batch/update", StringComparison.Ordinal)
            ? Refusal(HttpStatusCode.NotFound, "OBJECT_NOT_FOUND", "resource not found")
            : FakeVendor.Ok("""{"results":[{"id":"9","properties":{"hs_merged_object_ids":"4;2"},"updatedAt":"2026-01-01T00:00:00Z"}]}"""));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Contact("b@example.com", "2")], default);

        Assert.Equal("9", Assert.IsType<WriteOutcome.Moved>(outcomes[0]).To.Id);
    }

    [Fact]
    public async Task An_update_answered_under_the_survivors_id_has_moved()
    {
        var vendor = new FakeVendor(_ => FakeVendor.Ok("""{"results":[{"id":"9","properties":{"hs_merged_object_ids":"2"},"updatedAt":"2026-01-01T00:00:00Z"}]}"""));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Contact("b@example.com", "2")], default);

        Assert.Equal("9", Assert.IsType<WriteOutcome.Moved>(outcomes[0]).To.Id);
    }

    [Fact]
    public async Task A_lost_answer_is_an_uncertain_retry_and_the_next_try_looks_first()
    {
        var write = Contact("a@example.com");
        var lost = new FakeVendor(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        var outcome = Assert.IsType<WriteOutcome.Retry>((await Connect(lost).WriteAsync("contacts", [write], default))[0]);
        var vendor = new FakeVendor(r => r.Path.EndsWith("/batch/read", StringComparison.Ordinal)
            ? FakeVendor.Ok($$$"""{"results":[{"id":"77","properties":{"stackhub_id":"{{{write.HubId}}}"}}]}""")
            : Upserted(r));

        var again = await Connect(vendor).WriteAsync("contacts", [write with { Uncertain = true }], default);

        Assert.True(outcome.Uncertain);
        Assert.Equal("77", Assert.IsType<WriteOutcome.Stored>(again[0]).Ref.Id);
        Assert.EndsWith("/batch/update", vendor.Sent[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ignored_value_is_told_as_HubSpot_has_it()
    {
        var vendor = new FakeVendor(_ => FakeVendor.Ok("""{"results":[{"id":"5","properties":{"country":"France"},"updatedAt":"2026-01-01T00:00:00Z"}]}"""));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [new(HubId(), "contacts", [new("country", FieldType.Text, new("Utopia"))]) { Target = "5" }], default);

        Assert.Equal("France", Assert.IsType<WriteOutcome.Stored>(outcomes[0]).Values!["country"]);
    }

    [Fact]
    public async Task Opt_outs_of_a_batch_are_one_call_after_the_records()
    {
        var vendor = new FakeVendor(r => r.Path.StartsWith("/communication-preferences", StringComparison.Ordinal) ? FakeVendor.Ok("""{"results":[]}""") : Upserted(r));
        var writes = Enumerable.Range(0, 3).Select(i => new RecordWrite(HubId(), "contacts", [new("email", FieldType.Email, new($"p{i}@example.com")), new("hs_email_optout", FieldType.Boolean, new("true"))])).ToList();

        var outcomes = await Connect(vendor).WriteAsync("contacts", writes, default);

        Assert.Equal("/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL", vendor.Sent[1].Path);
        Assert.Equal(["p0@example.com", "p1@example.com", "p2@example.com"], vendor.Sent[1].Inputs.Select(i => (string?)i));
        Assert.DoesNotContain("hs_email_optout", vendor.Sent[0].Body, StringComparison.Ordinal);
        Assert.All(outcomes, o => Assert.Equal("true", Assert.IsType<WriteOutcome.Stored>(o).Values!["hs_email_optout"]));
    }

    [Fact]
    public async Task Associations_send_only_the_difference()
    {
        var vendor = new FakeVendor(r => r.Path switch
        {
            "/crm/v4/associations/deals/contacts/batch/read" => FakeVendor.Ok("""{"results":[{"from":{"id":"5"},"to":[{"toObjectId":1,"associationTypes":[{"category":"HUBSPOT_DEFINED","typeId":3,"label":null}]},{"toObjectId":2,"associationTypes":[{"category":"HUBSPOT_DEFINED","typeId":3,"label":null},{"category":"USER_DEFINED","typeId":14,"label":"Champion"}]}]}]}"""),
            "/crm/v4/associations/deals/contacts/batch/create" => FakeVendor.Json(HttpStatusCode.Created, Linked(r)),
            _ => new HttpResponseMessage(HttpStatusCode.NoContent),
        });

        var outcomes = await Connect(vendor).WriteAsync("deals", [new(HubId(), "deals", [new("associations.contacts", FieldType.References, new("1:Champion;3"))]) { Target = "5" }], default);

        Assert.Equal(["1", "3"], vendor.Sent[1].Inputs.Select(i => (string?)i["to"]!["id"]));
        Assert.Equal([3, 14, 3], vendor.Sent[1].Inputs.SelectMany(i => i["types"]!.AsArray()).Select(t => (int)t!["associationTypeId"]!));
        Assert.Equal("2", (string?)vendor.Sent[2].Inputs.Single()["to"]![0]!["id"]);
        Assert.Equal("1:Champion;3", Assert.IsType<WriteOutcome.Stored>(outcomes[0]).Values!["associations.contacts"]);
    }

    [Fact]
    public void A_preview_shows_the_calls_and_sends_none()
    {
        var vendor = new FakeVendor(Upserted);

        var planned = Connect(vendor).Preview("contacts", [Contact("a@example.com"), Contact("b@example.com", target: "5")]);

        Assert.Equal(["/crm/v3/objects/contacts/batch/upsert", "/crm/v3/objects/contacts/batch/update"], planned.Select(p => p.Path));
        Assert.Empty(vendor.Sent);
    }

    private RecordId HubId() => new(new Guid(++hubIds, 0, 0, new byte[8]));

    private RecordWrite Contact(string? email, string? target = null) =>
        new(HubId(), "contacts", email is null ? [new("firstname", FieldType.Text, new("Ada"))] : [new("email", FieldType.Email, new(email))]) { Target = target };

    private IConnector Connect(FakeVendor vendor) => new HubSpotFactory { Transport = vendor }.Create(new ConnectorContext(
        new SystemId("hubspot"), new Dictionary<string, string> { ["accessToken"] = "t" }, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System));

    /// <summary>HubSpot's answer to any batch of writes: everything stored, addresses in lower case, in another order.</summary>
    private static HttpResponseMessage Upserted(SentRequest request)
    {
        var results = request.Inputs.Select((input, i) =>
        {
            var properties = (JsonObject)input["properties"]!.DeepClone();
            if ((string?)properties["email"] is { } email)
                properties["email"] = email.ToLowerInvariant();
            var isUpdate = input["idProperty"] is null;
            return (JsonNode)new JsonObject { ["id"] = isUpdate ? (string?)input["id"] : $"{1000 + i}", ["new"] = !isUpdate, ["properties"] = properties, ["updatedAt"] = "2026-01-01T00:00:00.123Z" };
        });
        return FakeVendor.Ok(new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray([.. results.Reverse()]) }.ToJsonString());
    }

    private static string Linked(SentRequest request) => new JsonObject
    {
        ["results"] = new JsonArray([.. request.Inputs.Select(i => (JsonNode)new JsonObject { ["fromObjectId"] = 5, ["toObjectId"] = int.Parse((string)i["to"]!["id"]!), ["labels"] = new JsonArray() })]),
    }.ToJsonString();

    private static HttpResponseMessage Refusal(HttpStatusCode status, string category, string message, string? code = null, string? property = null)
    {
        var error = new JsonObject { ["status"] = "error", ["category"] = category, ["message"] = message };
        if (code is not null)
            error["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message, ["context"] = new JsonObject { ["propertyName"] = new JsonArray(property) } });
        return FakeVendor.Json(status, error.ToJsonString());
    }
}
