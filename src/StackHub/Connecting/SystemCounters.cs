using System.Collections.Concurrent;
using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>What was done to each system since the process started; for the tables a person reads and the metrics.</summary>
public sealed class SystemCounters
{
    private readonly ConcurrentDictionary<SystemId, Counts> counts = new();
    private readonly ConcurrentDictionary<(SystemId System, string Operation), long> calls = new();

    public Counts Of(SystemId system) => counts.GetOrAdd(system, _ => new());

    public void Called(SystemId system, string operation) => calls.AddOrUpdate((system, operation), 1, (_, count) => count + 1);

    public long Calls(SystemId system) => calls.Where(call => call.Key.System == system).Sum(call => call.Value);

    /// <summary>Calls by the connector's operation names.</summary>
    public IReadOnlyDictionary<string, long> CallsByOperation(SystemId system) =>
        calls.Where(call => call.Key.System == system).ToDictionary(call => call.Key.Operation, call => call.Value);

    public sealed class Counts
    {
        private long created;
        private long updated;
        private long unchanged;
        private long refused;
        private long retried;
        private long shadowed;

        public long Created => Interlocked.Read(ref created);

        public long Updated => Interlocked.Read(ref updated);

        /// <summary>Outbox rows that turned out to differ no more.</summary>
        public long Unchanged => Interlocked.Read(ref unchanged);

        public long Refused => Interlocked.Read(ref refused);

        public long Retried => Interlocked.Read(ref retried);

        /// <summary>Writes a shadowed system was spared.</summary>
        public long Shadowed => Interlocked.Read(ref shadowed);

        public void AddCreated() => Interlocked.Increment(ref created);

        public void AddUpdated() => Interlocked.Increment(ref updated);

        public void AddUnchanged(int count) => Interlocked.Add(ref unchanged, count);

        public void AddRefused() => Interlocked.Increment(ref refused);

        public void AddRetried() => Interlocked.Increment(ref retried);

        public void AddShadowed(int count) => Interlocked.Add(ref shadowed, count);
    }
}
