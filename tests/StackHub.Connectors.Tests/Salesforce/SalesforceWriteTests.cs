using System.Net;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceWriteTests : IDisposable
{
    private readonly Vendor vendor = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task One_bad_record_does_not_fail_the_others()
    {
        vendor.Answer = _ => Ok($"[{Saved("003A")},{Failed("STRING_TOO_LONG", "First Name: data value too large", "\"FirstName\"")},{Failed("UNABLE_TO_LOCK_ROW")}]");

        var outcomes = await WriteAsync("Contact", Update("Contact", "003A", Title()), Update("Contact", "003B", Title()), Update("Contact", "003C", Title()));

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.Equal(new WriteOutcome.Refused("STRING_TOO_LONG", "First Name: data value too large", "FirstName"), outcomes[1]);
        Assert.Equal(new WriteOutcome.Retry("UNABLE_TO_LOCK_ROW"), outcomes[2]);
    }

    [Fact]
    public async Task A_person_whose_address_is_there_is_not_created()
    {
        vendor.Answer = sent => sent.Soql.Contains("FROM Lead", StringComparison.Ordinal)
            ? Rows("""{"Id":"00Q000000000001AAA","Email":"ADA@example.com","StackHub_Id__c":null,"IsConverted":false,"ConvertedContactId":null}""")
            : Rows();

        var outcomes = await WriteAsync("Contact", Create("Contact", Email("ada@example.com")));

        Assert.Equal(new WriteOutcome.Existing(new(Vendor.System, "Lead", "00Q000000000001AAA")), Assert.Single(outcomes));
        Assert.DoesNotContain(vendor.Requests, sent => sent.IsWrite);
    }

    [Fact]
    public async Task An_address_that_several_have_needs_a_person()
    {
        vendor.Answer = sent => sent.Soql.Contains("FROM Contact", StringComparison.Ordinal)
            ? Rows(Person("003000000000001AAA"), Person("003000000000002AAA"))
            : Rows();

        var outcomes = await WriteAsync("Contact", Create("Contact", Email("ada@example.com")));

        Assert.Equal(2, Assert.IsType<WriteOutcome.Ambiguous>(Assert.Single(outcomes)).Refs.Count);
    }

    [Fact]
    public async Task A_converted_lead_with_the_address_does_not_stand_in_the_way()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("003000000000009AAA", created: true)}]")
            : sent.Soql.Contains("FROM Lead", StringComparison.Ordinal) ? Rows("""{"Id":"00Q000000000001AAA","Email":"ada@example.com","IsConverted":true,"ConvertedContactId":"003000000000002AAA"}""")
            : Rows();

        var outcomes = await WriteAsync("Contact", Create("Contact", Email("ada@example.com")));

        Assert.True(Assert.IsType<WriteOutcome.Stored>(Assert.Single(outcomes)).Created);
    }

    [Fact]
    public async Task A_create_that_is_sent_again_finds_its_own_record()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("003000000000001AAA")}]")
            : sent.Soql.Contains("FROM Contact", StringComparison.Ordinal) ? Rows(Person("003000000000001AAA", hubId: "00000001000000000000000000000000"))
            : Rows();

        var outcomes = await WriteAsync("Contact", Create("Contact", Email("ada@example.com")) with { Uncertain = true });

        Assert.False(Assert.IsType<WriteOutcome.Stored>(Assert.Single(outcomes)).Created);
    }

    [Fact]
    public async Task Two_new_people_with_one_address_become_one()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("003000000000001AAA", created: true)}]") : Rows();

        var outcomes = await WriteAsync("Contact", Create(1, "Contact", Email("ada@example.com")), Create(2, "Contact", Email("Ada@example.com")));

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.IsType<WriteOutcome.Retry>(outcomes[1]);
    }

    [Fact]
    public async Task A_converted_lead_moves_to_its_contact()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed("CANNOT_UPDATE_CONVERTED_LEAD")}]")
            : sent.Soql.Contains("FROM Lead", StringComparison.Ordinal) ? Rows("""{"Id":"00Q000000000001AAA","IsDeleted":false,"MasterRecordId":null,"IsConverted":true,"ConvertedContactId":"003000000000002AAA"}""")
            : Rows("""{"Id":"003000000000002AAA","IsDeleted":false,"MasterRecordId":null}""");

        var outcomes = await WriteAsync("Lead", Update("Lead", "00Q000000000001AAA", Title()));

        Assert.Equal(new WriteOutcome.Moved(new(Vendor.System, "Contact", "003000000000002AAA")), Assert.Single(outcomes));
    }

    [Fact]
    public async Task A_merged_contact_moves_to_the_survivor_of_the_last_merge()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed("ENTITY_IS_DELETED")}]")
            : sent.Soql.Contains("'003000000000001AAA'", StringComparison.Ordinal) ? Rows(Merged("003000000000001AAA", "003000000000002AAA"))
            : sent.Soql.Contains("'003000000000002AAA'", StringComparison.Ordinal) ? Rows(Merged("003000000000002AAA", "003000000000003AAA"))
            : Rows("""{"Id":"003000000000003AAA","IsDeleted":false,"MasterRecordId":null}""");

        var outcomes = await WriteAsync("Contact", Update("Contact", "003000000000001AAA", Title()));

        Assert.Equal(new WriteOutcome.Moved(new(Vendor.System, "Contact", "003000000000003AAA")), Assert.Single(outcomes));
    }

    [Theory]
    [InlineData("ENTITY_IS_DELETED")]
    [InlineData("INVALID_CROSS_REFERENCE_KEY")]
    public async Task A_deleted_record_is_gone(string code)
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed(code)}]") : Rows();

        Assert.Equal([new WriteOutcome.Gone()], await WriteAsync("Contact", Update("Contact", "003000000000001AAA", Title())));
    }

    [Fact]
    public async Task A_write_that_refers_to_a_merged_account_is_tried_again()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed("ENTITY_IS_DELETED")}]") : Rows("""{"Id":"003000000000001AAA","IsDeleted":false}""");

        var outcomes = await WriteAsync("Contact", Update("Contact", "003000000000001AAA", Field("AccountId", "001000000000001AAA", FieldType.Reference)));

        Assert.IsType<WriteOutcome.Retry>(Assert.Single(outcomes));
    }

    [Fact]
    public async Task A_duplicate_value_names_the_record_that_is_there()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed("DUPLICATE_VALUE", "duplicate value found: StackHub_Id__c duplicates value on record with id: 001D000000IRFma")}]") : Rows();

        Assert.Equal([new WriteOutcome.Existing(new(Vendor.System, "Account", "001D000000IRFmaIAH"))], await WriteAsync("Account", Create("Account")));
    }

    [Fact]
    public async Task A_duplicate_rule_that_names_several_needs_a_person()
    {
        vendor.Answer = sent => sent.IsWrite
            ? Ok("""[{"success":false,"errors":[{"statusCode":"DUPLICATES_DETECTED","message":"Use one of these records?","fields":[],"duplicateResut":{"matchResults":[{"matchRecords":[{"record":{"Id":"003000000000001AAA"}},{"record":{"Id":"00Q000000000001AAA"}}]}]}}]}]""")
            : Rows();

        var refs = Assert.IsType<WriteOutcome.Ambiguous>(Assert.Single(await WriteAsync("Contact", Create("Contact")))).Refs;

        Assert.Equal(["Contact", "Lead"], refs.Select(found => found.ObjectType));
    }

    [Fact]
    public async Task A_duplicate_rule_that_names_nobody_is_a_refusal()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Failed("DUPLICATES_DETECTED", "Use one of these records?")}]") : Rows();

        Assert.IsType<WriteOutcome.Refused>(Assert.Single(await WriteAsync("Contact", Create("Contact"))));
    }

    [Fact]
    public async Task A_hub_id_that_matches_several_records_needs_a_person()
    {
        vendor.Answer = _ => Ok($"[{Failed("DUPLICATE_EXTERNAL_ID", "more than one record found for external id field: [001D000000IRFma, 001D000000IRFmb]")}]");

        Assert.Equal(2, Assert.IsType<WriteOutcome.Ambiguous>(Assert.Single(await WriteAsync("Account", Create("Account")))).Refs.Count);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_parsed_is_halved_down_to_the_bad_record()
    {
        vendor.Answer = sent => sent.Body!.Contains("bad", StringComparison.Ordinal)
            ? Refusal(HttpStatusCode.BadRequest, "JSON_PARSER_ERROR")
            : Ok($"[{string.Join(',', Enumerable.Repeat(Saved("001A"), sent.Body.Split("\"id\"").Length - 1))}]");

        var outcomes = await WriteAsync("Account", [.. Enumerable.Range(0, 8).Select(number => Update("Account", "001A", Field("Name", number == 5 ? "bad" : "good")))]);

        Assert.Equal([5], outcomes.Index().Where(entry => entry.Item is WriteOutcome.Refused).Select(entry => entry.Index));
        Assert.Equal(7, outcomes.Count(outcome => outcome is WriteOutcome.Stored));
    }

    [Fact]
    public async Task Records_with_a_field_that_is_not_there_are_refused_in_one_go()
    {
        vendor.Answer = sent => sent.Body!.Contains("Nope__c", StringComparison.Ordinal)
            ? Refusal(HttpStatusCode.BadRequest, "INVALID_FIELD", "No such column 'Nope__c' on sobject of type Account")
            : Ok($"[{Saved("001A")}]");

        var outcomes = await WriteAsync("Account", Update("Account", "001A", Field("Nope__c", "x")), Update("Account", "001B", Field("Name", "x")), Update("Account", "001C", Field("Nope__c", "y")));

        Assert.Equal("Nope__c", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).VendorField);
        Assert.IsType<WriteOutcome.Stored>(outcomes[1]);
        Assert.IsType<WriteOutcome.Refused>(outcomes[2]);
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Fact]
    public async Task Contact_roles_are_written_with_their_opportunity()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("006000000000001AAA")}]")
            : Rows("""{"Id":"00K000000000001AAA","OpportunityId":"006000000000001AAA","ContactId":"003000000000001AAA","Role":"User","IsDeleted":false,"SystemModstamp":"2026-01-01T00:00:00.000+0000"}""");

        var outcomes = await WriteAsync("Opportunity", Update("Opportunity", "006000000000001AAA", Roles("003000000000002AAA:Decision Maker")));

        Assert.Equal("003000000000002AAA:Decision Maker", Assert.IsType<WriteOutcome.Stored>(Assert.Single(outcomes)).Values![SalesforceMaps.ContactRoles]);
        Assert.Equal(["GET", "POST", "DELETE"], vendor.Requests.Select(sent => sent.Method));
        Assert.Equal("""{"allOrNone":false,"records":[{"attributes":{"type":"OpportunityContactRole"},"OpportunityId":"006000000000001AAA","ContactId":"003000000000002AAA","Role":"Decision Maker"}]}""", vendor.Requests[1].Body);
        Assert.EndsWith("/composite/sobjects?ids=00K000000000001AAA", vendor.Requests[2].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_uncertain_and_leaves_the_other_outcomes_as_they_are()
    {
        vendor.Answer = sent => sent.Path.EndsWith("StackHub_Id__c", StringComparison.Ordinal) ? (HttpStatusCode.InternalServerError, "") : sent.IsWrite ? Ok($"[{Saved("003A")}]") : Rows();

        var outcomes = await WriteAsync("Contact", Create("Contact", Title()), Update("Contact", "003A", Title()));

        Assert.True(Assert.IsType<WriteOutcome.Retry>(outcomes[0]).Uncertain);
        Assert.IsType<WriteOutcome.Stored>(outcomes[1]);
    }

    [Fact]
    public async Task What_is_deleted_now_or_was_before_is_gone()
    {
        vendor.Answer = sent => sent.IsWrite ? Ok($"[{Saved("003000000000001AAA")},{Failed("ENTITY_IS_DELETED")}]") : Rows();

        var outcomes = await vendor.Connect().DeleteAsync("Contact", ["003000000000001AAA", "003000000000002AAA"], TestContext.Current.CancellationToken);

        Assert.Equal([new WriteOutcome.Gone(), new WriteOutcome.Gone()], outcomes);
    }

    [Fact]
    public async Task Roles_that_are_refused_are_the_opportunitys_outcome()
    {
        vendor.Answer = sent => sent.Method == "POST" ? Ok($"[{Failed("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no", "\"Role\"")}]") : sent.IsWrite ? Ok($"[{Saved("006000000000001AAA")}]") : Rows();

        var outcomes = await WriteAsync("Opportunity", Update("Opportunity", "006000000000001AAA", Field("Name", "Deal"), Roles("003000000000002AAA")));

        Assert.Equal(SalesforceMaps.ContactRoles, Assert.IsType<WriteOutcome.Refused>(Assert.Single(outcomes)).VendorField);
    }

    private Task<IReadOnlyList<WriteOutcome>> WriteAsync(string type, params RecordWrite[] writes) => vendor.Connect().WriteAsync(type, writes, TestContext.Current.CancellationToken);

    private static FieldWrite Title() => Field("Title", "CTO");

    private static FieldWrite Email(string address) => Field("Email", address, FieldType.Email);

    private static FieldWrite Roles(string text) => Field(SalesforceMaps.ContactRoles, text, FieldType.References);

    private static string Person(string id, string? hubId = null) => $$"""{"Id":"{{id}}","Email":"ada@example.com","StackHub_Id__c":{{(hubId is null ? "null" : $"\"{hubId}\"")}}}""";

    private static string Merged(string id, string master) => $$"""{"Id":"{{id}}","SystemModstamp":"2026-01-01T00:00:00.000+0000","IsDeleted":true,"MasterRecordId":"{{master}}"}""";
}
