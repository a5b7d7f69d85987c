using System.Text;
using StackHub.Conformance.Tests.Judging;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests.Salesforce;

/// <summary>Salesforce publishes no description of its REST API, so a request must have a form that a well-known client uses too.</summary>
internal sealed class SalesforceJudge(IEnumerable<SalesforceShape> known)
{
    private readonly ILookup<string, SalesforceShape> byOperation = known.ToLookup(shape => shape.Operation);

    public static SalesforceShape ShapeOf(Exchange exchange) =>
        SalesforceShape.Of(exchange.Method, exchange.Target, exchange.RequestHeaders.GetValueOrDefault("content-type"), Encoding.UTF8.GetString(exchange.RequestBody.Span));

    public Verdict Judge(Exchange exchange, int number)
    {
        var shape = ShapeOf(exchange);
        var differences = byOperation[shape.Operation].Select(other => shape.Against(other).ToList()).OrderBy(one => one.Count).FirstOrDefault();
        IEnumerable<(string Where, string Wanted)> problems = differences ?? [("path", "an operation that a known client uses")];
        if (!exchange.RequestHeaders.ContainsKey("authorization") && !shape.Path.StartsWith("/services/oauth2/", StringComparison.Ordinal) && shape.Path != "/services/data")
            problems = problems.Append(("header.authorization", "a bearer token"));
        return new(exchange.Vendor, number, exchange.Status, shape.Operation, differences is not null, [.. problems.Select(one => new Problem("request", one.Where, one.Wanted, IsWarning: false))]);
    }
}
