using StackHub.Testing.Sync;

namespace StackHub.Benchmarks.Micro;

/// <summary>Storage operations, vendor calls and allocations a change; the counts are exact.</summary>
internal static class CostBenchmark
{
    private const int Burst = 1_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var scene = await CostScene.WithPeopleAsync(Burst);
        await scene.EditAsync(Burst, "warm");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var burst = await scene.EditAsync(Burst, "VP");
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Burst / 1024;
        var single = await scene.EditAsync(1, "alone");
        var creates = await scene.CreateAsync(100);
        var calls = 2 * Math.Ceiling(Burst / 10.0);
        return
        [
            Figure.AtMost("storage operations an inbound change (burst of 1,000)", burst.InboundEach, 6, ""),
            Figure.AtMost("storage operations a system written (burst of 1,000)", burst.OutboundEach, 2, ""),
            Figure.Only("storage operations an inbound change, alone", $"{single.InboundEach:0.00}"),
            Figure.Only("storage operations a system written, alone", $"{single.OutboundEach:0.00}"),
            Figure.Only("storage operations an inbound new person", $"{creates.InboundEach:0.00}"),
            Figure.Only("storage operations a create in a system", $"{creates.OutboundEach:0.00}"),
            Figure.AtMost("vendor calls / ceil(changes / batch)", burst.Calls / calls, 1.05, ""),
            Figure.Only("allocated a change, into two systems, in-memory store", $"{allocated:0.0} KB"),
        ];
    }
}
