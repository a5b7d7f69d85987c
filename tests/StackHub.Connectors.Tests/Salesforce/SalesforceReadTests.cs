using System.Net;
using System.Text.RegularExpressions;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed partial class SalesforceReadTests : IDisposable
{
    private static readonly DateTimeOffset January = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Vendor vendor = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task A_scan_goes_by_id_and_resumes_from_its_checkpoint()
    {
        vendor.Answer = sent => Rows([.. Ids("003", 4_500).Where(id => After(sent, id)).Take(2_000).Select(id => Row(id, January))]);

        var pages = await vendor.Connect().ScanAsync("Contact", ["Email"], checkpoint: null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var resumed = await vendor.Connect().ScanAsync("Contact", ["Email"], pages[0].Checkpoint, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2_000, 2_000, 500], pages.Select(page => page.Records.Count));
        Assert.Null(pages[^1].Checkpoint);
        Assert.Equal([2_000, 500], resumed.Select(page => page.Records.Count));
        Assert.Equal("SELECT Id,SystemModstamp,LastModifiedDate,Email FROM Contact ORDER BY Id LIMIT 2000", vendor.Requests[0].Soql);
    }

    [Fact]
    public async Task A_scan_of_leads_leaves_converted_ones_out()
    {
        await vendor.Connect().ScanAsync("Lead", [], "00Q000000000001AAA", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith(" FROM Lead WHERE IsConverted = false AND Id > '00Q000000000001AAA' ORDER BY Id LIMIT 2000", Assert.Single(vendor.Requests).Soql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_records_of_one_second_come_through()
    {
        vendor.Answer = sent => Rows([.. Ids("001", 5_000).Where(id => After(sent, id)).Take(2_000).Select(id => Row(id, January))]);

        var pages = await ChangesAsync("Account", []);

        Assert.Equal(5_000, pages.SelectMany(page => page.Changes).Select(change => change.Ref.Id).Distinct().Count());
        Assert.Equal(FeedPosition.At(January.AddHours(1)), pages[^1].Position);
        Assert.Contains("AND (SystemModstamp > 2026-01-01T00:00:00Z OR Id > '", vendor.Requests[1].Soql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_stands_still_is_an_error()
    {
        vendor.Answer = _ => Rows([.. Ids("001", 2_000).Select(id => Row(id, January))]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangesAsync("Account", []));
    }

    [Fact]
    public async Task The_feed_tells_deletions_merges_and_values()
    {
        vendor.Answer = _ => Rows(
            Row("003000000000001AAA", January, "\"IsDeleted\":true,\"MasterRecordId\":null"),
            Row("003000000000002AAA", January, "\"IsDeleted\":true,\"MasterRecordId\":\"003000000000003AAA\""),
            Row("003000000000003AAA", January, "\"IsDeleted\":false,\"Email\":\"a@b.c\""));

        var changes = (await ChangesAsync("Contact", ["Email"])).SelectMany(page => page.Changes).ToList();

        Assert.Equal([typeof(Change.Deleted), typeof(Change.Moved), typeof(Change.Seen)], changes.Select(change => change.GetType()));
        Assert.True(((Change.Seen)changes[2]).Record.Complete);
        Assert.Contains("/queryAll?", vendor.Requests[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_contact_role_touches_its_opportunity()
    {
        vendor.Answer = sent => sent.Soql switch
        {
            var soql when soql.Contains("FROM OpportunityContactRole WHERE SystemModstamp", StringComparison.Ordinal) =>
                Rows(Role("00K000000000001AAA", "006000000000001AAA", January), Role("00K000000000002AAA", "006000000000002AAA", January.AddMinutes(2))),
            var soql when soql.Contains("FROM OpportunityContactRole WHERE OpportunityId", StringComparison.Ordinal) => Rows(Role("00K000000000001AAA", "006000000000001AAA", January)),
            _ => Rows(Row("006000000000001AAA", January.AddMinutes(1))),
        };

        var changes = (await ChangesAsync("Opportunity", ["Name", SalesforceMaps.ContactRoles])).SelectMany(page => page.Changes).ToList();

        var seen = Assert.IsType<Change.Seen>(changes[0]);
        Assert.Equal(new ExternalValue("003000000000001AAA:User", January), seen.Record.Fields[SalesforceMaps.ContactRoles]);
        Assert.Equal("006000000000002AAA", Assert.IsType<Change.Touched>(changes[1]).Ref.Id);
    }

    [Fact]
    public async Task A_full_page_of_records_holds_back_the_roles_beyond_it()
    {
        vendor.Answer = sent => sent.Soql switch
        {
            var soql when soql.Contains("FROM OpportunityContactRole WHERE SystemModstamp", StringComparison.Ordinal) =>
                Rows(Role("00K000000000001AAA", "006zzz", January.AddMinutes(9))),
            var soql when soql.Contains("FROM OpportunityContactRole", StringComparison.Ordinal) => Rows(),
            _ => Rows([.. Ids("006", 2_500).Where(id => After(sent, id)).Take(2_000).Select(id => Row(id, January))]),
        };

        var pages = await ChangesAsync("Opportunity", [SalesforceMaps.ContactRoles]);

        Assert.Equal([2_000, 501], pages.Select(page => page.Changes.Count));
        Assert.IsType<Change.Touched>(pages[1].Changes[^1]);
    }

    [Fact]
    public async Task Reading_tells_what_is_missing_and_follows_chained_merges()
    {
        vendor.Answer = sent => sent.Soql switch
        {
            var soql when soql.Contains("'003000000000001AAA'", StringComparison.Ordinal) => Rows(Merged("003000000000001AAA", "003000000000002AAA")),
            var soql when soql.Contains("'003000000000002AAA'", StringComparison.Ordinal) => Rows(Merged("003000000000002AAA", "003000000000003AAA")),
            _ => Rows(Row("003000000000003AAA", January, "\"IsDeleted\":false")),
        };

        var changes = await vendor.Connect().ReadAsync("Contact", [], ["003000000000001AAA", "003000000000009AAA"], TestContext.Current.CancellationToken);

        Assert.Equal("003000000000003AAA", Assert.IsType<Change.Moved>(changes[0]).To.Id);
        Assert.IsType<Change.Deleted>(changes[1]);
    }

    [Fact]
    public async Task A_hidden_field_is_left_out_and_the_rest_keeps_flowing()
    {
        vendor.Answer = sent => sent.Soql.Contains("Nope__c", StringComparison.Ordinal)
            ? Refusal(HttpStatusCode.BadRequest, "INVALID_FIELD", "SELECT Id,Nope__c FROM Account ERROR at Row:1:Column:12 No such column 'Nope__c' on entity 'Account'.")
            : Rows(Row("001000000000001AAA", January, "\"Name\":\"Acme\""));

        var seen = Assert.IsType<Change.Seen>(Assert.Single(await vendor.Connect().ReadAsync("Account", ["Nope__c", "Name"], ["001000000000001AAA"], TestContext.Current.CancellationToken)));

        Assert.Equal(["Name"], seen.Record.Fields.Keys);
        Assert.False(seen.Record.Complete);
    }

    [Fact]
    public async Task A_long_answer_is_read_to_its_end()
    {
        vendor.Answer = sent => sent.Path.EndsWith("/query/01g-2000", StringComparison.Ordinal)
            ? Rows(Row("001000000000002AAA", January))
            : Ok($$"""{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v66.0/query/01g-2000","records":[{{Row("001000000000001AAA", January)}}]}""");

        var pages = await vendor.Connect().ScanAsync("Account", [], checkpoint: null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, Assert.Single(pages).Records.Count);
    }

    [Fact]
    public async Task Field_history_dates_a_value_only_while_it_is_the_newest()
    {
        using var dated = new Vendor
        {
            Settings = new Dictionary<string, string>(vendor.Settings) { ["fieldHistory"] = "true" },
            Answer = sent => sent.Soql.Contains("FROM ContactHistory", StringComparison.Ordinal)
                ? Rows(History("Phone", "1", "2025-05-01"), History("Phone", "2", "2025-06-01"), History("Title", "old", "2025-07-01"))
                : Rows(Row("003000000000001AAA", January, "\"Phone\":\"2\",\"Title\":\"new\"")),
        };

        var seen = Assert.IsType<Change.Seen>(Assert.Single(await dated.Connect().ReadAsync("Contact", ["Phone", "Title"], ["003000000000001AAA"], TestContext.Current.CancellationToken)));

        Assert.Equal(new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), seen.Record.Fields["Phone"].At);
        Assert.Null(seen.Record.Fields["Title"].At);
    }

    [Fact]
    public async Task An_organisation_without_field_history_is_asked_for_it_once()
    {
        using var dated = new Vendor
        {
            Settings = new Dictionary<string, string>(vendor.Settings) { ["fieldHistory"] = "true" },
            Answer = sent => sent.Soql.Contains("FROM ContactHistory", StringComparison.Ordinal) ? Refusal(HttpStatusCode.BadRequest, "INVALID_TYPE") : Rows(Row("003000000000001AAA", January)),
        };
        var connector = dated.Connect();

        for (var time = 0; time < 2; time++)
            Assert.IsType<Change.Seen>(Assert.Single(await connector.ReadAsync("Contact", [], ["003000000000001AAA"], TestContext.Current.CancellationToken)));

        Assert.Equal(3, dated.Requests.Count);
    }

    private async Task<List<FeedPage>> ChangesAsync(string type, IReadOnlyList<string> fields) =>
        await vendor.Connect().ChangesAsync(type, fields, FeedPosition.At(January), January.AddHours(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private static IEnumerable<string> Ids(string prefix, int count) => Enumerable.Range(0, count).Select(number => $"{prefix}{number:D12}AAA");

    private static bool After(Vendor.Sent sent, string id) => AfterId().Match(sent.Soql) is not { Success: true } match || string.CompareOrdinal(id, match.Groups[1].Value) > 0;

    private static string Row(string id, DateTimeOffset at, string more = "") => $$"""{"Id":"{{id}}","SystemModstamp":"{{at:yyyy-MM-ddTHH:mm:ss}}.000+0000"{{(more.Length == 0 ? "" : "," + more)}}}""";

    private static string Merged(string id, string master) => Row(id, January, $"\"IsDeleted\":true,\"MasterRecordId\":\"{master}\"");

    private static string Role(string id, string opportunity, DateTimeOffset at) => Row(id, at, $"\"OpportunityId\":\"{opportunity}\",\"ContactId\":\"003000000000001AAA\",\"Role\":\"User\",\"IsDeleted\":false");

    private static string History(string field, string value, string day) => $$"""{"ContactId":"003000000000001AAA","Field":"{{field}}","NewValue":"{{value}}","CreatedDate":"{{day}}T00:00:00.000+0000"}""";

    [GeneratedRegex("Id > '([^']+)'")]
    private static partial Regex AfterId();
}
