using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure;
using StackHub.Telemetry;

namespace StackHub.AzureStorage.Tests;

public sealed class MeteredRequestsTests
{
    [Fact]
    public async Task Every_try_of_a_request_is_counted_under_its_service()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == HubMetrics.MeterName)
                listening.EnableMeasurementEvents(instrument);
        };
        // Other tests call the store meanwhile: only what is counted on the way of this test's own call is of interest.
        var own = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (own.Value)
                counted.Add($"{instrument.Name} {tags[0].Value}");
        });
        listener.Start();
        var account = new AzureStorageAccount(new() { ConnectionString = "UseDevelopmentStorage=true", Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1), Transport = new SeenRequests() });

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => new AzureTable(account).GetAsync("records", "p", "r", CancellationToken.None));

        Assert.Equal(Enumerable.Repeat("stackhub.storage.operations table", 3), counted);
    }
}
