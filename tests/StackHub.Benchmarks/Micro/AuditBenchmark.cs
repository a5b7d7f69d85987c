using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;

namespace StackHub.Benchmarks.Micro;

/// <summary>A stack of ten thousand tools with a million accounts, from its lists as files to its findings.</summary>
internal static class AuditBenchmark
{
    private const int Tools = 10_000;
    private const int People = 20_000;
    private const int Capabilities = 400;
    private static readonly LocalDate Today = new(2026, 12, 1);
    private static readonly Dictionary<string, string> NoColumns = [];

    public static async Task<IReadOnlyList<Figure>> RunAsync(int accounts)
    {
        await AuditAsync(200, 20_000); // warms up
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (started, worked) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var (view, findings, imported) = await AuditAsync(Tools, accounts);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return
        [
            Figure.AtMost($"audit of {view.Stack.Tools.Length:N0} tools with {view.Stack.Usage.Rows:N0} accounts, lists and all", seconds, 20, "s"),
            Figure.AtMost("  work of processors, whatever else the machine does", (process.TotalProcessorTime - worked).TotalSeconds, 10, "CPU-s"),
            Figure.AtMost("  most memory the process ever had", process.PeakWorkingSet64 / 1e6, 400, "MB"),
            Figure.Only("  of it reading the lists", $"{imported:0.0} s"),
            Figure.Only("  pairs listed, left out, findings", $"{view.Pairs.Length:N0}, {view.PairsLeftOut:N0}, {findings:N0}"),
        ];
    }

    private static async Task<(AuditView View, int Findings, double Imported)> AuditAsync(int tools, int accounts)
    {
        var started = Stopwatch.GetTimestamp();
        var draft = new InventoryDraft(new PlainNames(), Today);
        await ReadAsync(draft, ImportKind.Tools, ToolRows(tools));
        await ReadAsync(draft, ImportKind.Contracts, ContractRows(tools));
        await ReadAsync(draft, ImportKind.Invoices, InvoiceRows(tools));
        await ReadAsync(draft, ImportKind.Accounts, AccountRows(tools, accounts));
        var built = draft.Build();
        var imported = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var stack = new StackInventory(new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), Today) { Tools = built, Usage = draft.Usage.Build(), Rarity = CapabilityRarity.Of(built.Select(tool => tool.Activated)) };
        var view = new AuditView(stack, AuditSettings.Default);
        return (view, AuditChecks.Find(view).Count(), imported);
    }

    private static async Task ReadAsync(InventoryDraft draft, ImportKind kind, IEnumerable<string> lines)
    {
        await using var stream = new LineStream(lines);
        var report = await ImportReader.ReadAsync(kind.ToString(), kind, stream, NoColumns, draft, ImportLimits.Default, null, CancellationToken.None);
        if (report.Rejected is not null || report.BadRows > 0)
            throw new InvalidOperationException($"{report}: {report.Rejected ?? report.Problems[0].ToString()}");
    }

    private static IEnumerable<string> ToolRows(int tools)
    {
        var random = new Random(1);
        yield return "tool,owner,capabilities,seats,annual cost,dpa,region\n";
        for (var tool = 0; tool < tools; tool++)
            yield return $"Product {tool},owner{tool % 500}@example.com,{string.Join(';', Enumerable.Range(0, 1 + random.Next(8)).Select(_ => $"capability {Skewed(random, Capabilities)}").Distinct())},{random.Next(20, 300)},{random.Next(500, 90_000)},{(tool % 9 == 0 ? "no" : "yes")},EU\n";
    }

    private static IEnumerable<string> ContractRows(int tools)
    {
        yield return "tool,renewal date,notice period\n";
        for (var tool = 0; tool < tools; tool += 2)
            yield return $"Product {tool},{Day(Today.PlusDays(tool % 365))},60 days\n";
    }

    private static IEnumerable<string> InvoiceRows(int tools)
    {
        yield return "vendor,amount,date,currency\n";
        for (var tool = 0; tool < tools; tool++)
            for (var month = 0; month < 12; month++)
                yield return $"Product {tool},{100 + (tool % 900)}.50,{Day(Today.PlusMonths(-month).PlusDays(-1))},USD\n";
    }

    private static IEnumerable<string> AccountRows(int tools, int accounts)
    {
        var random = new Random(2);
        yield return "email,app name,last login\n";
        for (var row = 0; row < accounts; row++)
            yield return $"person{random.Next(People)}@example.com,Product {(random.Next(4) == 0 ? Skewed(random, tools) : random.Next(tools))},{Day(Today.PlusDays(-random.Next(200)))}\n";
    }

    /// <summary>Small numbers come far more often.</summary>
    private static int Skewed(Random random, int most) => (int)(most * Math.Pow(random.NextDouble(), 3));

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Lines as they are made, so that no file of them is ever in memory.</summary>
    private sealed class LineStream(IEnumerable<string> lines) : Stream
    {
        private readonly IEnumerator<string> source = lines.GetEnumerator();
        private byte[] line = [];
        private int given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var filled = 0;
            while (filled < buffer.Length)
            {
                if (given == line.Length)
                {
                    if (!source.MoveNext())
                        break;
                    (line, given) = (Encoding.UTF8.GetBytes(source.Current), 0);
                }

                var length = Math.Min(line.Length - given, buffer.Length - filled);
                line.AsSpan(given, length).CopyTo(buffer[filled..]);
                (given, filled) = (given + length, filled + length);
            }

            return filled;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
