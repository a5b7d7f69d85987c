using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using StackHub.Connecting;
using StackHub.Telemetry;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;

namespace StackHub.Cloud.Tests;

public sealed class OtlpServicesTests
{
    [Fact]
    public async Task Spans_and_metrics_reach_the_collector()
    {
        await using var collector = await Collector.StartAsync();
        await using var services = Services(collector.Address);
        var (traces, metrics) = (services.GetRequiredService<TracerProvider>(), services.GetRequiredService<MeterProvider>());

        using (HubTrace.Begin("webhook", ActivityKind.Server))
            HubMetrics.Changes("crm", 3);
        traces.ForceFlush();
        metrics.ForceFlush();

        Assert.Contains("webhook", collector.Sent("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("stackhub.changes", collector.Sent("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("stackhub.rate_limit.headroom", collector.Sent("/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsampled_span_of_the_web_server_does_not_hide_ours()
    {
        await using var collector = await Collector.StartAsync();
        await using var services = Services(collector.Address);
        var traces = services.GetRequiredService<TracerProvider>();

        using (new Activity("request").Start())
        using (HubTrace.Begin("webhook-in-request", ActivityKind.Server))
        {
        }
        traces.ForceFlush();

        Assert.Contains("webhook-in-request", collector.Sent("/v1/traces"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_added()
    {
        var services = new ServiceCollection().AddOtlp(new ConfigurationBuilder().Build());

        Assert.Empty(services);
    }

    private static ServiceProvider Services(string endpoint)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [CloudSettings.OtlpEndpoint] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }).Build();
        var budget = new VendorBudget(new InMemoryTables(), new AdjustableTime());
        budget.Limit(new("crm"), [new("*", 10, TimeSpan.FromSeconds(1))]);
        return new ServiceCollection().AddSingleton<IConfiguration>(settings).AddSingleton(budget).AddOtlp(settings).BuildServiceProvider();
    }
}
