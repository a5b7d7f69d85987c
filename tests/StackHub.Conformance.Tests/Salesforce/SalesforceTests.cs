using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Node;
using StackHub.Conformance.Tests.Traffic;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests.Salesforce;

/// <summary>The Salesforce connector beside the clients that others wrote, and its queries before a parser that others wrote.</summary>
public sealed partial class SalesforceTests(RecordedTraffic traffic, LibraryRuns libraries)
{
    [Fact]
    public async Task Every_request_has_a_form_that_a_known_client_uses()
    {
        var verdicts = await SalesforceVerdicts.OfAsync(await traffic.ExchangesAsync(), libraries);

        Assert.Empty(new Judging.Judgement(verdicts, new()).Violations);
    }

    [Fact]
    public async Task Every_query_is_SOQL()
    {
        var queries = (await traffic.ExchangesAsync()).Where(exchange => exchange.Vendor == "salesforce").Select(QueryOf).OfType<string>().ToList();

        var verdicts = await ParsedAsync(queries);

        Assert.True(queries.Count > 20, $"Only {queries.Count} queries were sent.");
        Assert.Empty(queries.Zip(verdicts).Where(one => one.Second is not null).Select(one => $"{one.Second}: {Literal().Replace(one.First, "'...'")}"));
    }

    [Theory]
    [InlineData("SELECT Id FROM Contact WHERE LastName = 'O'Brien'", "not SOQL")]
    [InlineData("SELECT Id, FROM Contact", "not SOQL")]
    [InlineData("SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01T00:00:00Z'", "a time in quotes")]
    [InlineData("SELECT Id FROM Contact WHERE LastName = 'O\\'Brien' AND SystemModstamp > 2026-01-01T00:00:00Z", null)]
    public async Task The_parser_sees_what_is_wrong(string query, string? problem)
    {
        var verdict = (await ParsedAsync([query])).Single();

        Assert.StartsWith(problem ?? "fine", verdict ?? "fine", StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string?>> ParsedAsync(IEnumerable<string> queries)
    {
        var script = new NodeScript("soql.mjs") { Input = queries.Select(query => JsonSerializer.Serialize(query)) };
        return [.. (await script.RunAsync(TestContext.Current.CancellationToken)).Select(line => JsonSerializer.Deserialize<string?>(line))];
    }

    private static string? QueryOf(Exchange exchange) =>
        exchange.Target.Split("?q=", 2) is [_, var query] ? Uri.UnescapeDataString(query.Replace('+', ' ')) : null;

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Literal();
}
