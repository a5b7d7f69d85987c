using StackHub.Cli.Demo;
using StackHub.Conformance.Tests.Judging;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Salesforce;
using StackHub.Sandbox.Hosting;

[assembly: AssemblyFixture(typeof(StackHub.Conformance.Tests.Traffic.EndToEndTraffic))]

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>What goes over the wire when a hub keeps six tools the same: full reads, first sync, webhooks, live edits, the independent check.</summary>
public sealed class EndToEndTraffic
{
    private const int People = 60;

    private readonly Lazy<Task<(DemoReport Report, IReadOnlyList<Exchange> Exchanges)>> run = new(RunAsync);
    private Task<Judgement>? judgement;

    public Task<(DemoReport Report, IReadOnlyList<Exchange> Exchanges)> RunOnceAsync() => run.Value;

    internal Task<Judgement> JudgementAsync(LibraryRuns libraries) => LazyInitializer.EnsureInitialized(ref judgement, () => JudgeAsync(libraries));

    private async Task<Judgement> JudgeAsync(LibraryRuns libraries)
    {
        var (_, exchanges) = await run.Value;
        var prism = await PrismJudge.JudgeAsync(exchanges.Where(exchange => exchange.Vendor != "salesforce"), default);
        return new([.. prism, .. await SalesforceVerdicts.OfAsync(exchanges, libraries)], new KnownDefects());
    }

    private static async Task<(DemoReport Report, IReadOnlyList<Exchange> Exchanges)> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("stackhub-conformance-");
        var log = new ExchangeLog();
        var (sandbox, hub) = await DemoRun.StartAsync(People, seed: 7, leads: true, folder.FullName, null, new Silent(), default);
        await using (sandbox)
        await using (hub)
        {
            foreach (var vendor in sandbox.Vendors)
                log.ListenTo(vendor);
            var report = await new DemoRun(sandbox, hub, new Silent()).RunAsync(default);
            return (report, [.. log.Exchanges]);
        }
    }

    private sealed class Silent : IDemoScreen
    {
        public void Say(string line)
        {
        }

        public void Progress(string phase, string system, long done, long? total)
        {
        }

        public void PhaseDone()
        {
        }
    }
}
