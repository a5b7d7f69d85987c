using Microsoft.Extensions.Configuration;
using StackHub.Security;
using StackHub.Telemetry;
using StackHub.Web.Metrics;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Metrics;

public sealed class RunningFiguresTests
{
    [Fact]
    public async Task Counters_add_up_and_percentiles_are_right_to_six_in_a_hundred()
    {
        using var figures = new RunningFigures(TimeProvider.System);
        await figures.StartAsync(CancellationToken.None);

        HubMetrics.Changes("figures-test", 3);
        HubMetrics.Changes("figures-test", 4);
        HubMetrics.Write("figures-test", "created");
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
            HubMetrics.PushLatency("figures-test", TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(7, figures.Counts(HubMetrics.ChangesName).Single(figure => figure.First == "figures-test").Total);
        Assert.Equal("created", figures.Counts(HubMetrics.WritesName).Single(figure => figure.First == "figures-test").Second);
        var latency = figures.Spreads(HubMetrics.PushLatencyName).Single(spread => spread.Name == "figures-test");
        Assert.Equal(100, latency.Count);
        Assert.InRange(latency.Median.TotalMilliseconds, 50, 53);
        Assert.InRange(latency.P99.TotalMilliseconds, 99, 105);
    }

    [Fact]
    public async Task The_page_says_what_happened_and_where_telemetry_goes()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Get<IConfiguration>()["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://user:secret@collector.example:4317/x?token=t";
        await hub.SeenAsync(WebHub.Crm, "7", ("Email", "ada@lovelace.example"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("metrics");

        Assert.Contains("https://collector.example:4317", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        Assert.Contains("Changes applied", page, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", page, StringComparison.Ordinal);
    }
}
