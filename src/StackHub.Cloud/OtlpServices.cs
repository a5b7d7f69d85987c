using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StackHub.Connecting;
using StackHub.Telemetry;

namespace StackHub.Cloud;

/// <summary>Sends the hub's traces and metrics to a collector; the exporter's own settings are OpenTelemetry's (OTEL_EXPORTER_OTLP_*).</summary>
public static class OtlpServices
{
    /// <summary>The Functions host ends its process without a warning, so that little may wait to be sent.</summary>
    private const int HostedDelay = 1_000;

    private const int HostedInterval = 15_000;

    /// <summary>Nothing is added, and nothing is measured, without an endpoint.</summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services, IConfiguration settings)
    {
        if (settings[CloudSettings.OtlpEndpoint] is { Length: > 0 })
            Add(services, settings);
        return services;
    }

    private static void Add(IServiceCollection services, IConfiguration settings)
    {
        var hosted = settings[CloudSettings.HandlerPort] is { Length: > 0 };
        services.AddSingleton<BudgetGauge>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings["OTEL_SERVICE_NAME"] ?? "stackhub"))
            .WithTracing(traces => traces
                .AddSource(HubTrace.SourceName)
                .SetSampler(Sampler(settings))
                .AddOtlpExporter(exporter => exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = hosted ? HostedDelay : exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds))
            .WithMetrics(metrics => metrics
                .AddMeter(HubMetrics.MeterName)
                .AddMeter("System.Runtime")
                .AddInstrumentation(provider => provider.GetRequiredService<BudgetGauge>())
                .AddOtlpExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = hosted ? HostedInterval : reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds));
    }

    /// <summary>By the trace's id alone: every process decides alike, and no vendor's or web server's span decides for us.</summary>
    private static TraceIdRatioBasedSampler Sampler(IConfiguration settings) =>
        new(double.TryParse(settings["OTEL_TRACES_SAMPLER_ARG"], CultureInfo.InvariantCulture, out var share) ? Math.Clamp(share, 0, 1) : 1);
}
