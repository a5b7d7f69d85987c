using System.Diagnostics.Metrics;
using StackHub.Telemetry;

namespace StackHub.Connecting;

/// <summary>Shows how much of each vendor's rate limits is free, 0 to 1, for as long as it lives; read only when metrics are collected.</summary>
public sealed class BudgetGauge : IDisposable
{
    private readonly Meter meter = new(HubMetrics.MeterName);

    public BudgetGauge(VendorBudget budget) => meter.CreateObservableGauge(
        "stackhub.rate_limit.headroom",
        () => budget.Headroom().Select(limit => new Measurement<double>(limit.Free, new(Tags.System, limit.System.Name), new(Tags.Scope, $"{limit.Scope}/{limit.Window.TotalSeconds:0}s"))),
        "1",
        "The free part of a vendor's rate limit; 0 while the vendor asked to be left alone.");

    public void Dispose() => meter.Dispose();
}
