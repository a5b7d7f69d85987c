using System.Collections.Concurrent;
using StackHub.Conformance.Tests.Judging;
using StackHub.Sandbox.Hosting;

[assembly: AssemblyFixture(typeof(StackHub.Conformance.Tests.Traffic.RecordedTraffic))]

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>What all tours sent and were answered, and what Prism says of it: made once, when the first test asks.</summary>
public sealed class RecordedTraffic
{
    private readonly Lazy<Task<IReadOnlyList<Exchange>>> exchanges;
    private readonly Lazy<Task<Judgement>> judgement;

    public RecordedTraffic()
    {
        exchanges = new(RecordAsync);
        judgement = new(JudgeAsync);
    }

    /// <summary>By vendor: the operations its connector called, by the connector's own names.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> Called { get; } = [];

    public Task<IReadOnlyList<Exchange>> ExchangesAsync() => exchanges.Value;

    internal Task<Judgement> JudgementAsync() => judgement.Value;

    private async Task<Judgement> JudgeAsync() =>
        new(await PrismJudge.JudgeAsync((await ExchangesAsync()).Where(exchange => exchange.Vendor != "salesforce"), default), new());

    private async Task<IReadOnlyList<Exchange>> RecordAsync()
    {
        var log = new ExchangeLog();
        foreach (var itinerary in Itineraries.All)
            await TravelAsync(itinerary, log);
        return [.. log.Exchanges];
    }

    private async Task TravelAsync(Itinerary itinerary, ExchangeLog log)
    {
        var (underTest, sandbox) = await itinerary.StartAsync();
        log.ListenTo(sandbox);
        await using var tour = Tour.Start(underTest, Called.GetOrAdd(itinerary.Vendor, _ => []), itinerary.Choices);
        await tour.EverythingAsync(itinerary.DetourAsync);
    }
}
