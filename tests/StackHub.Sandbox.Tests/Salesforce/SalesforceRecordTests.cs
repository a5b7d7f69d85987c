namespace StackHub.Sandbox.Tests.Salesforce;

public sealed class SalesforceRecordTests
{
    private const string Data = "/services/data/v66.0";

    [Fact]
    public async Task An_upsert_creates_then_updates()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var created = await client.PatchAsync($"{Data}/sobjects/Contact/StackHub_Id__c/c-1", """{"LastName":"Lovelace","Email":"ada@example.com"}""");
        var updated = await client.PatchAsync($"{Data}/sobjects/Contact/StackHub_Id__c/c-1", """{"Title":"Countess"}""");
        var read = await client.GetAsync($"{Data}/sobjects/Contact/{created.Text("id")}");

        Assert.Equal((201, 200, 200), (created.Status, updated.Status, read.Status));
        Assert.Equal(("Countess", "c-1", "Lovelace"), (read.Text("Title"), read.Text("StackHub_Id__c"), read.Text("Name")));
        Assert.StartsWith("003", created.Text("id"), StringComparison.Ordinal);
        Assert.Empty(server.Salesforce.Stats.Violations);
    }

    [Theory]
    [InlineData("Contact", "{}", "REQUIRED_FIELD_MISSING")]
    [InlineData("Lead", """{"LastName":"A"}""", "REQUIRED_FIELD_MISSING")]
    [InlineData("Contact", """{"LastName":"A","Email":"nope"}""", "INVALID_EMAIL_ADDRESS")]
    [InlineData("Contact", """{"LastName":"A","Foo":"x"}""", "INVALID_FIELD")]
    [InlineData("Lead", """{"LastName":"A","Company":"C","IsConverted":true}""", "INVALID_FIELD_FOR_INSERT_UPDATE")]
    [InlineData("Contact", """{"LastName":"A","DoNotCall":"yes"}""", "JSON_PARSER_ERROR")]
    [InlineData("Contact", """{"LastName":"A","FirstName":"12345678901234567890123456789012345678901"}""", "STRING_TOO_LONG")]
    [InlineData("Account", """{"Name":"A","Tier__c":"Tin"}""", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")]
    [InlineData("Contact", """{"LastName":"A","AccountId":"001000000000001"}""", "INVALID_CROSS_REFERENCE_KEY")]
    [InlineData("Contact", "{", "JSON_PARSER_ERROR")]
    public async Task A_bad_record_is_refused_in_the_vendors_words(string type, string json, string code)
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var reply = await client.PostAsync($"{Data}/sobjects/{type}", json);

        Assert.Equal(400, reply.Status);
        Assert.Equal(code, reply.Json[0]!["errorCode"]!.ToString());
    }

    [Fact]
    public async Task A_collection_gives_each_record_its_own_result()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var reply = await client.PatchAsync($"{Data}/composite/sobjects/Contact/StackHub_Id__c", """
            {"allOrNone":false,"records":[
              {"attributes":{"type":"Contact"},"StackHub_Id__c":"a","LastName":"A"},
              {"attributes":{"type":"Contact"},"StackHub_Id__c":"b"},
              {"attributes":{"type":"Contact"},"StackHub_Id__c":"x","LastName":"X"},
              {"attributes":{"type":"Contact"},"StackHub_Id__c":"X","LastName":"X"}]}
            """);

        Assert.Equal(200, reply.Status);
        Assert.Equal([true, false, false, false], reply.Json.AsArray().Select(result => (bool)result!["success"]!));
        Assert.Equal("REQUIRED_FIELD_MISSING", reply.Json[1]!["errors"]![0]!["statusCode"]!.ToString());
        Assert.Equal("DUPLICATE_VALUE", reply.Json[2]!["errors"]![0]!["statusCode"]!.ToString());
        Assert.Equal(4, server.Salesforce.Stats.Records("Contact.upsertMany"));
    }

    [Fact]
    public async Task All_or_none_leaves_nothing_behind()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var reply = await client.PostAsync($"{Data}/composite/sobjects", """
            {"allOrNone":true,"records":[{"attributes":{"type":"Contact"},"LastName":"A","Email":"a@b.co"},{"attributes":{"type":"Contact"}}]}
            """);
        var query = await client.QueryAsync("SELECT Id FROM Contact WHERE Email = 'a@b.co'");

        Assert.Equal("ALL_OR_NONE_OPERATION_ROLLED_BACK", reply.Json[0]!["errors"]![0]!["statusCode"]!.ToString());
        Assert.Equal("0", query.Text("totalSize"));
    }

    [Fact]
    public async Task More_than_two_hundred_records_are_refused_and_noted()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        var records = string.Join(',', Enumerable.Repeat("""{"attributes":{"type":"Contact"},"LastName":"A"}""", 201));

        var reply = await client.PostAsync($"{Data}/composite/sobjects", $$"""{"records":[{{records}}]}""");

        Assert.Equal(400, reply.Status);
        Assert.Equal("batch-size", Assert.Single(server.Salesforce.Stats.Violations).Rule);
    }

    [Fact]
    public async Task A_parent_can_be_named_by_its_external_id()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        await client.PatchAsync($"{Data}/sobjects/Account/StackHub_Id__c/a-1", """{"Name":"Acme"}""");

        var contact = await client.PostAsync($"{Data}/sobjects/Contact", """{"LastName":"A","Account":{"StackHub_Id__c":"a-1"}}""");
        var query = await client.QueryAsync($"SELECT Account.Name FROM Contact WHERE Id = '{contact.Text("id")[..15]}'");

        Assert.Equal("Acme", query.Json["records"]![0]!["Account"]!["Name"]!.ToString());
    }

    [Fact]
    public async Task A_write_without_the_hubs_headers_reassigns_a_lead_and_is_noted()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        client.Headers.Remove("Sforce-Auto-Assign");
        client.Headers.Remove("Sforce-Call-Options");

        var lead = await client.PostAsync($"{Data}/sobjects/Lead", """{"LastName":"A","Company":"C"}""");
        var read = await client.GetAsync($"{Data}/sobjects/Lead/{lead.Text("id")}?fields=OwnerId");

        Assert.NotEqual(server.Salesforce.IntegrationUserId, read.Text("OwnerId"));
        Assert.Equal(["auto-assign", "call-options"], server.Salesforce.Stats.Violations.Select(violation => violation.Rule));
    }

    [Fact]
    public async Task A_persons_edit_leaves_history_and_a_deleted_record_stays_deleted()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        var made = await client.PostAsync($"{Data}/sobjects/Contact", """{"LastName":"A","Title":"Old"}""");
        var id = made.Text("id");

        server.Salesforce.Edit(new("update", "Contact", id) { Fields = new Dictionary<string, string?> { ["Title"] = "New" } });
        var history = await client.QueryAsync($"SELECT Field, OldValue, NewValue FROM ContactHistory WHERE ContactId = '{id}' AND Field = 'Title'");
        server.Salesforce.Edit(new("delete", "Contact", id));
        var update = await client.PatchAsync($"{Data}/sobjects/Contact/{id}", """{"Title":"X"}""");
        var all = await client.GetAsync($"{Data}/queryAll?q={Uri.EscapeDataString($"SELECT IsDeleted FROM Contact WHERE Id = '{id}'")}");

        Assert.Equal(("Old", "New"), (history.Json["records"]![0]!["OldValue"]!.ToString(), history.Json["records"]![0]!["NewValue"]!.ToString()));
        Assert.Equal("ENTITY_IS_DELETED", update.Json[0]!["errorCode"]!.ToString());
        Assert.True((bool)all.Json["records"]![0]!["IsDeleted"]!);
    }

    [Fact]
    public async Task A_merged_loser_points_to_its_master()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        var master = (await client.PostAsync($"{Data}/sobjects/Contact", """{"LastName":"A"}""")).Text("id");
        var loser = (await client.PostAsync($"{Data}/sobjects/Contact", """{"LastName":"B","Phone":"1"}""")).Text("id");

        server.Salesforce.Edit(new("merge", "Contact", master) { OtherId = loser });

        var gone = server.Salesforce.Read("Contact", loser)!;
        Assert.Equal((true, master), ((bool)gone["IsDeleted"]!, gone["MasterRecordId"]!.ToString()));
        Assert.Equal("1", server.Salesforce.Read("Contact", master)!["Phone"]!.ToString());
    }

    [Fact]
    public async Task A_converted_lead_refuses_updates()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);
        var lead = (await client.PostAsync($"{Data}/sobjects/Lead", """{"LastName":"A","Company":"C"}""")).Text("id");
        var session = client.Headers.Authorization!.Parameter;

        var soap = await client.TextAsync(HttpMethod.Post, "/services/Soap/u/66.0", $"""
            <?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header xmlns="urn:partner.soap.sforce.com"><SessionHeader><sessionId>{session}</sessionId></SessionHeader></soapenv:Header><soapenv:Body xmlns="urn:partner.soap.sforce.com"><convertLead><leadConverts><leadId>{lead}</leadId><convertedStatus>Closed - Converted</convertedStatus><doNotCreateOpportunity>false</doNotCreateOpportunity></leadConverts></convertLead></soapenv:Body></soapenv:Envelope>
            """, "text/xml");
        var update = await client.PatchAsync($"{Data}/sobjects/Lead/{lead}", """{"Title":"X"}""");

        Assert.Contains("<success>true</success>", soap.Body, StringComparison.Ordinal);
        Assert.Contains("<contactId>003", soap.Body, StringComparison.Ordinal);
        Assert.Equal("CANNOT_UPDATE_CONVERTED_LEAD", update.Json[0]!["errorCode"]!.ToString());
    }

    [Fact]
    public async Task A_bulk_job_takes_csv_and_gives_csv()
    {
        await using var server = await Started.EmptyAsync();
        using var client = await VendorClient.OfSalesforceAsync(server);

        var job = (await client.PostAsync($"{Data}/jobs/ingest", """{"object":"Contact","operation":"upsert","externalIdFieldName":"StackHub_Id__c"}""")).Text("id");
        var upload = await client.TextAsync(HttpMethod.Put, $"{Data}/jobs/ingest/{job}/batches", "StackHub_Id__c,LastName,Email\nc-1,\"O'Brien, A\",a@b.co\nc-2,B,bad\n", "text/csv");
        await client.PatchAsync($"{Data}/jobs/ingest/{job}", """{"state":"UploadComplete"}""");
        var state = await client.GetAsync($"{Data}/jobs/ingest/{job}");
        var good = await client.GetAsync($"{Data}/jobs/ingest/{job}/successfulResults");
        var bad = await client.GetAsync($"{Data}/jobs/ingest/{job}/failedResults");

        Assert.Equal((201, "JobComplete", "1"), (upload.Status, state.Text("state"), state.Text("numberRecordsFailed")));
        Assert.Contains("\"true\",\"c-1\"", good.Body, StringComparison.Ordinal);
        Assert.Contains("INVALID_EMAIL_ADDRESS", bad.Body, StringComparison.Ordinal);
    }
}
