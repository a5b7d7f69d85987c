using System.Diagnostics.Metrics;

namespace StackHub.Telemetry;

/// <summary>
/// The hub's metrics; recording costs nothing while nobody listens. Storage operations and vendor calls are the bill: divided by
/// <c>stackhub.changes</c> they are the cost of a change.
/// </summary>
public static class HubMetrics
{
    public const string MeterName = "StackHub";
    public const string ChangesName = "stackhub.changes";
    public const string QueueAgeName = "stackhub.queue.age";
    public const string PushLatencyName = "stackhub.push.latency";
    public const string WritesName = "stackhub.writes";
    public const string ConflictsName = "stackhub.conflicts";
    public const string DeadLettersName = "stackhub.dead_letters";
    public const string VendorCallsName = "stackhub.vendor.calls";
    public const string RoutedName = "stackhub.routing.decisions";
    public const string LeadsWaitName = "stackhub.routing.waits";
    public const string StorageOperationsName = "stackhub.storage.operations";
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> AppliedChanges = Meter.CreateCounter<long>(ChangesName, "{change}", "Changes that systems told and that were applied.");
    private static readonly Histogram<double> Ages = Meter.CreateHistogram<double>(QueueAgeName, "s", "How long a message (push: the oldest outbox row of a page) had waited when it was taken.");
    private static readonly Histogram<double> Latencies = Meter.CreateHistogram<double>(PushLatencyName, "s", "From a difference's outbox row to the vendor's answer that it is stored.");
    private static readonly Counter<long> Written = Meter.CreateCounter<long>(WritesName, "{record}", "Records sent to a system, by outcome.");
    private static readonly Counter<long> RaisedConflicts = Meter.CreateCounter<long>(ConflictsName, "{conflict}", "New conflicts that wait for a person.");
    private static readonly Counter<long> Letters = Meter.CreateCounter<long>(DeadLettersName, "{letter}", "Writes a vendor refused, and messages that failed five times.");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(VendorCallsName, "{call}", "Calls sent to a vendor, repeats too.");
    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(RoutedName, "{decision}", "Leads that were routed, by what came of it.");
    private static readonly Counter<long> Waits = Meter.CreateCounter<long>(LeadsWaitName, "{look}", "Looks at a pool's holding queue that left somebody waiting.");
    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(StorageOperationsName, "{operation}", "Requests sent to the storage account, repeats too.");

    /// <summary>True while somebody wants <see cref="QueueAge"/>: an age that must be searched for is then worth it.</summary>
    public static bool WantsQueueAge => Ages.Enabled;

    public static bool WantsWrites => Latencies.Enabled || Written.Enabled;

    public static void Changes(string system, int count) => AppliedChanges.Add(count, new KeyValuePair<string, object?>(Tags.System, system));

    public static void QueueAge(string queue, TimeSpan age) => Ages.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>(Tags.Queue, queue));

    public static void Write(string system, string outcome) => Written.Add(1, new(Tags.System, system), new(Tags.Outcome, outcome));

    public static void PushLatency(string system, TimeSpan latency) => Latencies.Record(Math.Max(0, latency.TotalSeconds), new KeyValuePair<string, object?>(Tags.System, system));

    public static void Conflict(string kind) => RaisedConflicts.Add(1, new KeyValuePair<string, object?>(Tags.Kind, kind));

    /// <param name="source">A system, or the queue whose message failed.</param>
    public static void DeadLetter(string source) => Letters.Add(1, new KeyValuePair<string, object?>(Tags.Source, source));

    public static void Routed(string outcome) => Decisions.Add(1, new KeyValuePair<string, object?>(Tags.Outcome, outcome));

    public static void LeadWaits(string pool) => Waits.Add(1, new KeyValuePair<string, object?>(Tags.Source, pool));

    public static void VendorCall(string system, string operation) => Calls.Add(1, new(Tags.System, system), new(Tags.Operation, operation));

    public static void StorageOperation(string service) => Operations.Add(1, new KeyValuePair<string, object?>(Tags.Service, service));
}
