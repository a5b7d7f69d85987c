using System.Net;
using StackHub.Connectors.Salesforce;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceCheckTests : IDisposable
{
    private readonly Vendor vendor = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task A_complete_organisation_has_no_problems()
    {
        vendor.Answer = Describe(type => Fields(type));

        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task Missing_fields_and_a_hub_id_that_is_not_unique_are_named()
    {
        vendor.Answer = Describe(type => Fields(type).Where(field => field != "HasOptedOutOfEmail"), unique: false);

        var problems = await CheckAsync();

        Assert.Equal(2, problems.Count(problem => problem.Contains("HasOptedOutOfEmail", StringComparison.Ordinal)));
        Assert.Equal(4, problems.Count(problem => problem.Contains("StackHub_Id__c must be marked External ID and Unique", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_version_the_organisation_does_not_have_is_named()
    {
        vendor.Answer = _ => Ok("""[{"label":"Summer '20","url":"/services/data/v49.0","version":"49.0"}]""");

        Assert.Contains("66.0", Assert.Single(await CheckAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_api_access_is_a_problem_and_not_a_crash()
    {
        vendor.Answer = _ => Refusal(HttpStatusCode.Forbidden, "API_DISABLED_FOR_ORG");

        Assert.Contains("API_DISABLED_FOR_ORG", Assert.Single(await CheckAsync()), StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<string>> CheckAsync() => vendor.Connect().CheckAsync(TestContext.Current.CancellationToken);

    private static IEnumerable<string> Fields(string type) => SalesforceMaps.Default.Single(map => map.ObjectType == type).Fields.Select(field => field.VendorField);

    private static Func<Vendor.Sent, (HttpStatusCode, string)> Describe(Func<string, IEnumerable<string>> fields, bool unique = true) => sent =>
    {
        if (sent.Path == "/services/data")
            return Ok("""[{"version":"66.0"}]""");
        var plain = fields(sent.Path.Split('/')[5]).Select(name => $$"""{"name":"{{name}}","createable":true,"updateable":true,"externalId":false,"unique":false}""");
        var hubId = $$"""{"name":"StackHub_Id__c","createable":true,"updateable":true,"externalId":true,"unique":{{(unique ? "true" : "false")}}}""";
        return Ok($$"""{"createable":true,"updateable":true,"queryable":true,"fields":[{{string.Join(',', plain.Append(hubId))}}]}""");
    };
}
