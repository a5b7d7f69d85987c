using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Tests.Zendesk;

public sealed class ZendeskSetupTests
{
    [Fact]
    public async Task Setup_creates_the_fields_that_check_misses_and_every_default_field_then_comes_back()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        var connector = vendor.Connect();

        var missing = await connector.CheckAsync(default);
        var created = await ((IVendorSetup)connector).EnsureCustomFieldsAsync(default);
        var stored = await connector.StoreAsync(Some.User(1,
            Some.Email("a@example.com"), Some.First("Mary Ann"), Some.Last("Smith"), Some.Field("phone", "+14155550100", FieldType.Phone), Some.Title("CTO"),
            Some.Field("user_fields.email_opt_out", "true", FieldType.Boolean), Some.Field("user_fields.lifecycle_stage", "MQL"), Some.Field("user_fields.lead_score", "12.5", FieldType.Number)));

        Assert.Equal(7, missing.Count);
        Assert.Equal(missing.Count, created.Count);
        Assert.Empty(await connector.CheckAsync(default));
        Assert.Empty(await ((IVendorSetup)connector).EnsureCustomFieldsAsync(default));
        Assert.Equal(["a@example.com", "Mary Ann", "Smith", "+14155550100", "CTO", "true", "MQL", "12.5"], stored.Values!.Values);
        Assert.Equal("Mary Ann Smith", (string?)vendor.User(stored.Ref.Id)!["name"]);
    }

    [Fact]
    public async Task A_wrong_token_is_told_although_Zendesk_answers_200_to_nobody()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);

        var problems = await vendor.Connect(("apiToken", "wrong")).CheckAsync(default);

        Assert.Contains("does not know our credentials", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_report_every_problem_at_once()
    {
        var problems = StackHub.Connectors.Zendesk.ZendeskOptions.Problems(new Dictionary<string, string> { ["baseUrl"] = "http://acme.zendesk.com", ["apiToken"] = "t", ["jobs"] = "31", ["bulkImports"] = "yes" }).ToList();

        Assert.Equal(4, problems.Count);
        Assert.DoesNotContain("'t'", string.Join(' ', problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_needs_all_its_parts() =>
        Assert.Single(StackHub.Connectors.Zendesk.ZendeskOptions.Problems(new Dictionary<string, string> { ["baseUrl"] = "https://acme.zendesk.com", ["clientId"] = "c", ["clientSecret"] = "s" }));

    [Fact]
    public async Task A_preview_says_what_would_be_sent()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);

        var planned = vendor.Connect().Preview("users", [Some.User(1, Some.Email("a@example.com")), Some.User(2, Some.Title("CTO")) with { Target = "7" }]);

        Assert.Equal(["GET /api/v2/users/show_many?ids=7", "PUT /api/v2/users/update_many", "POST /api/v2/users/create_many"], planned.Select(request => request.ToString()));
        Assert.Equal("""{"users":[{"user_fields":{"job_title":"CTO"},"id":7}]}""", planned[1].Body);
    }
}
