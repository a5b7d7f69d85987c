using System.Net;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connecting.Checks;
using StackHub.Connectors.Declarative;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>What the two shipped files do not use, in the file of a vendor that is answered by a function.</summary>
public sealed class DeclarativeWriteTests
{
    private const string Head = """
        vendor: acme
        name: Acme
        docs: https://docs.acme.example/
        base: https://api.acme.example/v1
        hosts: [api.acme.example]
        settings: { apiKey: { purpose: The key., secret: true, required: true } }
        auth: { kind: header, header: X-Api-Key, value: "{{ setting.apiKey }}" }
        errors:
          - { at: ok, is: "false", then: refused, code: error.code, message: error.text }
          - { status: 400, then: refused, code: code }
        objects:
          contacts:
            kind: person
            id: id
            modified: updated
            fields: { email: { type: email, field: email }, name: { field: firstName } }
            scan: { call: GET /contacts, items: data }
            feed: { call: GET /contacts, items: data }
            read: { call: "GET /contacts/{{ id }}" }
            find: { call: GET /contacts, query: { email: "{{ email }}" }, items: data }

        """;

    private const string Job = """
            upsert:
              call: POST /imports
              batch: 10
              record: { mail: "{{ record.email }}", "...": "{{ fields }}" }
              body: { rows: "{{ records }}" }
              job: { call: "GET /imports/{{ ticket }}", id: job, status: state, done: [done], failed: [failed], every: 1s, wait: 5s }
              results: [{ at: rows, then: stored }]
        """;

    private const string Batch = """
            upsert:
              call: POST /batch
              batch: 10
              record: { "...": "{{ fields }}" }
              body: { rows: "{{ records }}" }
              results: [{ at: rows, key: email, then: created }]
        """;

    private const string One = """
            create: { call: POST /contacts, body: { "...": "{{ fields }}", mail: "{{ record.email }}" } }
            update: { call: "PATCH /contacts/{{ id }}", body: { "...": "{{ fields }}", mail: "{{ record.email }}" } }
        """;

    [Fact]
    public async Task A_job_is_asked_after_until_it_is_over_and_its_last_answer_has_the_results()
    {
        var asked = 0;
        using var vendor = new FakeVendor(sent => sent.Path == "/v1/imports" ? Ok("""{"job":"j 1"}""")
            : ++asked == 1 ? Ok("""{"state":"running"}""")
            : Ok("""{"state":"done","rows":[{"id":1,"email":"a@example.com","updated":1767225600},{"ok":false,"error":{"code":"bad","text":"No."}}]}"""));

        var outcomes = await WriteAsync(Job, vendor, New("a@example.com"), New("b@example.com"));

        Assert.Equal("/v1/imports/j%201", vendor.Sent[^1].Path);
        Assert.Equal("1", Assert.IsType<WriteOutcome.Stored>(outcomes[0]).Ref.Id);
        Assert.Equal("bad", Assert.IsType<WriteOutcome.Refused>(outcomes[1]).Code);
    }

    [Fact]
    public async Task A_job_that_failed_may_have_been_carried_out_in_part()
    {
        using var vendor = new FakeVendor(sent => Ok(sent.Path == "/v1/imports" ? """{"job":"1"}""" : """{"state":"failed"}"""));

        var outcomes = await WriteAsync(Job, vendor, New("a@example.com"));

        Assert.True(Assert.IsType<WriteOutcome.Retry>(outcomes[0]).Uncertain);
    }

    [Fact]
    public async Task A_batch_refused_whole_is_halved_until_the_bad_record_is_alone()
    {
        using var vendor = new FakeVendor(sent => sent.Body.Contains("bad@", StringComparison.Ordinal)
            ? FakeVendor.Json(HttpStatusCode.BadRequest, """{"code":"invalid"}""")
            : Ok(new JsonObject { ["rows"] = new JsonArray([.. sent.Json["rows"]!.AsArray().Select(row => (JsonNode)new JsonObject { ["id"] = $"id-{row!["email"]}", ["email"] = row["email"]!.DeepClone() })]) }.ToJsonString()));

        var outcomes = await WriteAsync(Batch, vendor, New("a@example.com"), New("bad@example.com"), New("c@example.com"), New("d@example.com"));

        Assert.Equal(["Stored", "Refused", "Stored", "Stored"], outcomes.Select(outcome => outcome.GetType().Name));
        Assert.Equal("id-d@example.com", ((WriteOutcome.Stored)outcomes[3]).Ref.Id);
    }

    [Fact]
    public async Task A_record_without_a_value_the_file_asks_for_is_refused_and_nothing_is_sent()
    {
        using var vendor = new FakeVendor(_ => Ok("{}"));

        var outcomes = await WriteAsync(One, vendor, New("a@example.com") with { Target = "1", Fields = [new("name", FieldType.Text, new("Ada"))] });

        Assert.Contains("'record.email' has no value", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).Message, StringComparison.Ordinal);
        Assert.Empty(vendor.Sent);
    }

    [Fact]
    public async Task A_refusal_inside_a_success_is_a_refusal()
    {
        using var vendor = new FakeVendor(sent => Ok(sent.Method == "GET" ? """{"data":[]}""" : """{"ok":false,"error":{"code":"E7","text":"No."}}"""));

        var outcomes = await WriteAsync(One, vendor, New("a@example.com"));

        Assert.Equal("E7", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).Code);
    }

    [Fact]
    public async Task Several_matches_are_for_a_person_to_choose_from()
    {
        using var vendor = new FakeVendor(_ => Ok("""{"data":[{"id":1},{"id":2}]}"""));

        var outcomes = await WriteAsync(One, vendor, New("a@example.com"));

        Assert.Equal(2, Assert.IsType<WriteOutcome.Ambiguous>(outcomes[0]).Refs.Count);
        Assert.Equal("/v1/contacts?email=a%40example.com", Assert.Single(vendor.Sent).Path);
    }

    [Fact]
    public async Task A_feed_out_of_order_is_noticed()
    {
        using var vendor = new FakeVendor(_ => Ok("""{"data":[{"id":1,"updated":1767225700},{"id":2,"updated":1767225600}]}"""));
        using var connector = (IDisposable)Connect(One, vendor);

        await Assert.ThrowsAsync<VendorUnavailableException>(async () =>
        {
            await foreach (var _ in ((IConnector)connector).ChangesAsync("contacts", ["name"], FeedPosition.At(DateTimeOffset.UnixEpoch), TimeProvider.System.GetUtcNow(), default))
                Assert.Fail("A page came.");
        });
    }

    [Fact]
    public async Task The_checks_fail_when_a_vendor_breaks_a_promise()
    {
        var made = 0;
        using var vendor = new FakeVendor(sent => Ok(sent.Method == "GET" ? """{"data":[]}""" : $$"""{"id":{{++made}},"email":"x"}""")); // makes a second one every time
        using var connector = (IDisposable)Connect(One, vendor);
        var check = ConnectorChecks.All.Single(check => check.Name == "the same new record written twice is one");

        var result = await CheckResult.OfAsync(check, CheckSubject.Of((IConnector)connector, () => vendor.Sent.Count)!, default);

        Assert.False(result.Passed);
        Assert.NotEmpty(result.Reason);
    }

    private static async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string calls, FakeVendor vendor, params RecordWrite[] writes)
    {
        using var connector = (IDisposable)Connect(calls, vendor);
        return await ((IConnector)connector).WriteAsync("contacts", writes, default);
    }

    private static IConnector Connect(string calls, FakeVendor vendor)
    {
        var read = VendorFile.Parse(Head + calls, "acme.yaml");
        Assert.Empty(read.Problems);
        var context = new ConnectorContext(new SystemId("acme"), new Dictionary<string, string> { ["apiKey"] = "k" }, new FakeBudget(TimeProvider.System), new FakeTokens(), TimeProvider.System);
        return ((DeclarativeFactory)read.Factory!).Create(context, vendor);
    }

    private static RecordWrite New(string email) => new(RecordId.Parse("00000000000070008000000000000001"), "contacts", [new("email", FieldType.Email, new(email)), new("name", FieldType.Text, new("Ada"))]);

    private static HttpResponseMessage Ok(string json) => FakeVendor.Ok(json);
}
