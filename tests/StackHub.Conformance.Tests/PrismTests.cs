using System.Text.Json;
using StackHub.Conformance.Tests.Node;
using StackHub.Conformance.Tests.Traffic;

namespace StackHub.Conformance.Tests;

/// <summary>The connectors' requests and the sandboxes' answers before the vendors' own descriptions.</summary>
public sealed class PrismTests(RecordedTraffic traffic)
{
    [Fact]
    public async Task No_request_and_no_answer_departs_from_its_vendors_description()
    {
        SpecFolder.Require();

        var judgement = await traffic.JudgementAsync();

        Assert.Empty(judgement.Violations);
    }

    [Fact]
    public async Task Prism_can_judge_the_body_of_every_operation_of_ours()
    {
        var specs = SpecFolder.Require();
        var unjudgeable = await new NodeScript("lint.mjs", specs).RunAsync(TestContext.Current.CancellationToken);

        var ours = (await traffic.JudgementAsync()).Verdicts.Select(verdict => (verdict.Vendor, verdict.Operation)).ToHashSet();

        Assert.NotEmpty(unjudgeable);
        Assert.DoesNotContain(unjudgeable.Select(Named), ours.Contains);
    }

    /// <summary>Prism takes plain JSON for it, and so does Klaviyo; the description names only this one.</summary>
    [Fact]
    public async Task Every_body_for_Klaviyo_is_of_the_media_type_it_describes()
    {
        var types = (await traffic.ExchangesAsync()).Where(exchange => exchange is { Vendor: "klaviyo", RequestBody.Length: > 0 } && exchange.Target != "/oauth/token").Select(exchange => exchange.RequestHeaders["content-type"]);

        Assert.Equal(["application/vnd.api+json"], types.Distinct());
    }

    [Fact]
    public async Task Every_operation_that_the_connectors_can_call_is_on_a_tour()
    {
        await traffic.ExchangesAsync();

        var missing = ConnectorSources.Operations()
            .Where(operation => !traffic.Called.GetValueOrDefault(operation.Vendor, []).Keys.Any(operation.IsCalled))
            .Select(operation => $"{operation.Vendor}: {operation.Template}");

        Assert.Empty(missing);
    }

    private static (string Vendor, string Operation) Named(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (document.RootElement.GetProperty("vendor").GetString()!, document.RootElement.GetProperty("operation").GetString()!);
    }
}
