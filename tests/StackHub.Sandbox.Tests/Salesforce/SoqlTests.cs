namespace StackHub.Sandbox.Tests.Salesforce;

public sealed class SoqlTests
{
    [Theory]
    [InlineData("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY")]
    [InlineData("SELECT Id, FROM Contact", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Contact WHERE LastName = 'O'Brien'", "MALFORMED_QUERY")]
    [InlineData("SELECT Nope FROM Contact", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01T00:00:00Z'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Contact WHERE Email = 5", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Nothing", "INVALID_TYPE")]
    public async Task A_bad_query_is_refused(string soql, string code)
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var reply = await client.QueryAsync(soql);

        Assert.Equal((400, code), (reply.Status, reply.Json[0]!["errorCode"]!.ToString()));
    }

    [Theory]
    [InlineData("LastName = 'o\\'brien'", 1)]
    [InlineData("Email IN ('a@x.co','B@X.co')", 2)]
    [InlineData("Email = null", 1)]
    [InlineData("Email != null AND (LastName LIKE 'B%' OR Lead_Score__c >= 50)", 2)]
    [InlineData("NOT LastName = 'Bee'", 2)]
    [InlineData("HasOptedOutOfEmail = true", 0)]
    [InlineData("SystemModstamp >= 2020-01-01T00:00:00Z AND SystemModstamp < 2099-01-01T00:00:00.000+00:00", 3)]
    [InlineData("CreatedDate = TODAY OR CreatedDate > YESTERDAY", 3)]
    public async Task Conditions_select_as_they_should(string where, int expected)
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        await client.PostAsync("/services/data/v66.0/composite/sobjects", """
            {"records":[
              {"attributes":{"type":"Contact"},"LastName":"O'Brien","Email":"a@x.co","Lead_Score__c":70},
              {"attributes":{"type":"Contact"},"LastName":"Bee","Email":"b@x.co"},
              {"attributes":{"type":"Contact"},"LastName":"Cee"}]}
            """);

        var reply = await client.QueryAsync($"SELECT Id FROM Contact WHERE {where}");

        Assert.Equal((200, expected.ToString()), (reply.Status, reply.Status == 200 ? reply.Text("totalSize") : reply.Body));
    }

    [Fact]
    public async Task A_long_answer_comes_in_pages()
    {
        await using var server = await Started.WithAsync(new() { People = 1200 });
        using var client = await VendorClient.OfSalesforceAsync(server);
        client.Headers.Add("Sforce-Query-Options", "batchSize=200");

        var page = await client.QueryAsync("SELECT Id FROM Contact ORDER BY SystemModstamp, Id");
        var ids = new HashSet<string>();
        for (var pages = 0; pages < 20; pages++)
        {
            ids.UnionWith(page.Json["records"]!.AsArray().Select(record => record!["Id"]!.ToString()));
            if ((bool)page.Json["done"]!)
                break;
            page = await client.GetAsync(page.Text("nextRecordsUrl"));
        }

        Assert.True((bool)page.Json["done"]!);
        Assert.Equal(page.Text("totalSize"), ids.Count.ToString());
    }
}
