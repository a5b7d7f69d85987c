using System.Net;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>What goes on the wire, beside what jsforce puts there (specs/salesforce-dataverse-client-recordings.txt).</summary>
public sealed class SalesforceRequestTests : IDisposable
{
    private readonly Vendor vendor = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task Many_updates_are_one_collections_call()
    {
        vendor.Answer = _ => Ok($"[{Saved("003A")},{Saved("003B")}]");

        await vendor.Connect().WriteAsync("Contact", [Update("Contact", "003A", OptOut()), Update("Contact", "003B", OptOut())], TestContext.Current.CancellationToken);

        var sent = Assert.Single(vendor.Requests);
        Assert.Equal(("PATCH", "/services/data/v66.0/composite/sobjects"), (sent.Method, sent.Path));
        Assert.Equal("""{"allOrNone":false,"records":[{"id":"003A","attributes":{"type":"Contact"},"HasOptedOutOfEmail":true},{"id":"003B","attributes":{"type":"Contact"},"HasOptedOutOfEmail":true}]}""", sent.Body);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        Assert.Equal("Bearer 00Dx!t", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task Many_creates_are_one_upsert_by_hub_id()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("001A", created: true)},{Saved("001B")}]") : Rows();

        var outcomes = await vendor.Connect().WriteAsync("Account", [Create(1, "Account", Field("Name", "Ada's")), Create(2, "Account")], TestContext.Current.CancellationToken);

        var sent = Assert.Single(vendor.Requests);
        Assert.Equal(("PATCH", "/services/data/v66.0/composite/sobjects/Account/StackHub_Id__c"), (sent.Method, sent.Path));
        Assert.Equal("""{"allOrNone":false,"records":[{"StackHub_Id__c":"00000001000000000000000000000000","attributes":{"type":"Account"},"Name":"Ada's"},{"StackHub_Id__c":"00000002000000000000000000000000","attributes":{"type":"Account"}}]}""", sent.Body);
        Assert.Equal([true, false], outcomes.Cast<WriteOutcome.Stored>().Select(stored => stored.Created));
    }

    [Fact]
    public async Task Many_deletes_are_one_call()
    {
        vendor.Answer = _ => Ok($"[{Saved("003A")},{Saved("003B")}]");

        await vendor.Connect().DeleteAsync("Contact", ["003A", "003B"], TestContext.Current.CancellationToken);

        var sent = Assert.Single(vendor.Requests);
        Assert.Equal(("DELETE", "/services/data/v66.0/composite/sobjects?ids=003A,003B", null), (sent.Method, sent.Path, sent.Body));
    }

    [Fact]
    public async Task A_query_is_percent_encoded_as_known_clients_do()
    {
        await vendor.Connect().ReadAsync("Opportunity", ["Name"], ["006000000000001AAA"], TestContext.Current.CancellationToken);

        Assert.Equal(
            "/services/data/v66.0/queryAll?q=SELECT%20Id%2CSystemModstamp%2CLastModifiedDate%2CIsDeleted%2CName%20FROM%20Opportunity%20WHERE%20Id%20IN%20%28%27006000000000001AAA%27%29",
            Assert.Single(vendor.Requests).Path);
    }

    [Fact]
    public async Task Every_write_keeps_assignment_rules_off_and_names_the_client()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("006000000000001AAA")}]") : Rows();
        var connector = vendor.Connect();

        await connector.WriteAsync("Lead", [Create("Lead", Field("Email", "a@b.c", FieldType.Email))], TestContext.Current.CancellationToken);
        await connector.WriteAsync("Opportunity", [Update("Opportunity", "006000000000001AAA", Field("Name", "Deal"), Field(SalesforceMaps.ContactRoles, "003000000000001AAA:User", FieldType.References))], TestContext.Current.CancellationToken);
        await connector.DeleteAsync("Lead", ["00Q000000000001AAA"], TestContext.Current.CancellationToken);

        var writes = vendor.Requests.Where(sent => sent.IsWrite).ToList();
        Assert.Equal(["PATCH", "PATCH", "POST", "DELETE"], writes.Select(sent => sent.Method));
        Assert.All(writes, sent => Assert.Equal(("FALSE", "client=StackHub"), (sent.Headers["Sforce-Auto-Assign"], sent.Headers["Sforce-Call-Options"])));
        Assert.All(writes, sent => Assert.DoesNotContain("Sforce-Duplicate-Rule-Header", sent.Headers.Keys));
    }

    [Fact]
    public async Task The_duplicate_rule_header_is_sent_when_asked_for()
    {
        using var lenient = new Vendor { Settings = new Dictionary<string, string>(vendor.Settings) { ["allowDuplicates"] = "true" }, Answer = _ => Ok($"[{Saved("001A")}]") };

        await lenient.Connect().WriteAsync("Account", [Update("Account", "001A", Field("Name", "x"))], TestContext.Current.CancellationToken);

        Assert.Equal("allowSave=true", Assert.Single(lenient.Requests).Headers["Sforce-Duplicate-Rule-Header"]);
    }

    [Fact]
    public async Task An_expired_session_is_renewed_and_the_call_sent_again()
    {
        vendor.Answer = _ => vendor.Requests.Count == 1 ? Refusal(HttpStatusCode.Unauthorized, "INVALID_SESSION_ID") : Rows();

        await vendor.Connect().ReadAsync("Account", [], ["001000000000001AAA"], TestContext.Current.CancellationToken);

        Assert.Equal((2, 2), (vendor.Requests.Count, vendor.Grants));
    }

    [Fact]
    public async Task The_daily_limit_blocks_the_system_a_little_longer_each_time()
    {
        vendor.Answer = _ => Refusal(HttpStatusCode.Forbidden, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        var connector = vendor.Connect();

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refused = await Assert.ThrowsAsync<VendorUnavailableException>(() => connector.ReadAsync("Account", [], ["001000000000001AAA"], TestContext.Current.CancellationToken));
            Assert.False(refused.NeedsPerson);
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)], vendor.Blocks);
    }

    [Fact]
    public async Task The_organisations_usage_is_read_off_every_answer()
    {
        var connector = vendor.Connect();

        await connector.ReadAsync("Account", [], ["001000000000001AAA"], TestContext.Current.CancellationToken);

        Assert.Equal(new ApiUsage(1, 5000), connector.Usage);
    }

    [Fact]
    public async Task A_refused_querys_words_are_not_passed_on_because_they_quote_it()
    {
        vendor.Answer = _ => Refusal(HttpStatusCode.BadRequest, "MALFORMED_QUERY", "WHERE Email IN ('ada@example.com')");

        var refused = await Assert.ThrowsAsync<VendorUnavailableException>(() => vendor.Connect().WriteAsync("Contact", [Create("Contact", Field("Email", "ada@example.com", FieldType.Email))], TestContext.Current.CancellationToken));

        Assert.Contains("MALFORMED_QUERY", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_shows_the_first_requests_and_sends_none()
    {
        var planned = vendor.Connect().Preview("Contact", [Create("Contact", Field("Email", "a@b.c", FieldType.Email)), Update("Contact", "003A", OptOut())]);

        Assert.Equal(["GET", "GET", "PATCH", "PATCH"], planned.Select(request => request.Method));
        Assert.Equal("/services/data/v66.0/composite/sobjects/Contact/StackHub_Id__c", planned[2].Path);
        Assert.Empty(vendor.Requests);
    }

    private static FieldWrite OptOut() => Field("HasOptedOutOfEmail", "true", FieldType.Boolean);
}
