using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Stats;

/// <summary>What a vendor has seen: calls by operation, violations, rates and concurrency.</summary>
public sealed class VendorStats
{
    private readonly Lock gate = new();
    private readonly VendorClock clock;
    private readonly Dictionary<string, OperationCount> operations = [];
    private readonly List<Violation> violations = [];
    private readonly Queue<long> lastSecond = [];
    private readonly Dictionary<long, DateTimeOffset> flights = [];
    private long arrivals;

    internal VendorStats(VendorClock clock) => this.clock = clock;

    public int PeakPerSecond { get; private set; }

    public int PeakConcurrency { get; private set; }

    /// <summary>How often a token was asked for; refreshes that overlap are counted on their own.</summary>
    public int Refreshes { get; private set; }

    public int OverlappingRefreshes { get; internal set; }

    public int CurrentPerSecond
    {
        get
        {
            lock (gate)
                return Trimmed(clock.Now);
        }
    }

    public IReadOnlyList<OperationCount> Operations
    {
        get
        {
            lock (gate)
                return [.. operations.Values.OrderBy(operation => operation.Operation, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (gate)
                return [.. violations];
        }
    }

    public long Calls(string operation) => Find(operation)?.Calls ?? 0;

    public long Records(string operation) => Find(operation)?.Records ?? 0;

    public void Clear()
    {
        lock (gate)
        {
            operations.Clear();
            violations.Clear();
            (PeakPerSecond, PeakConcurrency, Refreshes, OverlappingRefreshes) = (0, 0, 0, 0);
        }
    }

    internal void Violate(string rule, string detail)
    {
        lock (gate)
            violations.Add(new(clock.Now, rule, detail));
    }

    internal IDisposable Arrive(string operation)
    {
        lock (gate)
        {
            var now = clock.Now;
            var isRefresh = operation == RefreshOperation;
            if (isRefresh)
                Refreshes++;
            lastSecond.Enqueue(now.UtcTicks);
            PeakPerSecond = Math.Max(PeakPerSecond, Trimmed(now));
            var flight = new Flight(this, ++arrivals, isRefresh);
            flights.Add(flight.Number, now);
            PeakConcurrency = Math.Max(PeakConcurrency, flights.Count);
            return flight;
        }
    }

    internal const string RefreshOperation = "oauth.token";

    internal void Count(string operation, int records, int status)
    {
        lock (gate)
        {
            var count = operations.GetValueOrDefault(operation) ?? new(operation, 0, 0, 0);
            operations[operation] = count with
            {
                Calls = count.Calls + 1,
                Records = count.Records + records,
                Refused = count.Refused + (status >= 400 ? 1 : 0),
            };
        }
    }

    /// <summary>How many calls have been in flight for longer than this.</summary>
    internal int InFlightLongerThan(TimeSpan age)
    {
        lock (gate)
            return flights.Values.Count(start => clock.Now - start >= age);
    }

    private OperationCount? Find(string operation)
    {
        lock (gate)
            return operations.GetValueOrDefault(operation);
    }

    private int Trimmed(DateTimeOffset now)
    {
        while (lastSecond.TryPeek(out var first) && first <= now.UtcTicks - TimeSpan.TicksPerSecond)
            lastSecond.Dequeue();
        return lastSecond.Count;
    }

    private void Land(Flight flight)
    {
        lock (gate)
            flights.Remove(flight.Number);
    }

    private sealed class Flight : IDisposable
    {
        private readonly VendorStats stats;

        public Flight(VendorStats stats, long number, bool isRefresh)
        {
            (this.stats, Number, IsRefresh) = (stats, number, isRefresh);
            if (!isRefresh)
                return;
            if (stats.refreshing++ > 0)
                stats.OverlappingRefreshes++;
        }

        public long Number { get; }

        private bool IsRefresh { get; }

        public void Dispose()
        {
            stats.Land(this);
            if (IsRefresh)
                stats.RefreshEnded();
        }
    }

    private int refreshing;

    private void RefreshEnded()
    {
        lock (gate)
            refreshing--;
    }
}
