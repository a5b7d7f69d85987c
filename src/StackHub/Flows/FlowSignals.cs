using System.Text.Json;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Flows;

/// <summary>Tells flows which records changed, in messages of many.</summary>
public sealed class FlowSignals(IEnumerable<FlowSubscription> subscriptions, IMessageQueue queue)
{
    private const int IdsAMessage = 500;
    private readonly FlowSubscription[] known = [.. subscriptions.Where(flow => flow.Fields.Count > 0)];

    /// <summary>The queues of the flows that a change concerns.</summary>
    /// <param name="again">The change is told again, so what it changed may be saved already: then all it could have changed counts.</param>
    public IEnumerable<string> Concerned(HubRecord? before, HubRecord after, bool again) =>
        known.Where(flow => flow.Reads(again ? null : before, after)).Select(flow => flow.Queue);

    /// <summary>Every flow that reads records of the kind; for what changes a record as a whole, such as a merge.</summary>
    public Task SendAllAsync(IReadOnlyCollection<RecordId> records, string? trace, CancellationToken cancellationToken) =>
        SendAsync(known.SelectMany(flow => records.Select(record => (flow.Queue, record))), trace, cancellationToken);

    public async Task SendAsync(IEnumerable<(string Queue, RecordId Record)> told, string? trace, CancellationToken cancellationToken)
    {
        foreach (var flow in told.GroupBy(one => one.Queue, one => one.Record.ToString()))
            foreach (var chunk in flow.Distinct().Chunk(IdsAMessage))
                await queue.SendAsync(flow.Key, Body(chunk, trace), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>A message of its own making, for a flow that looks at records again.</summary>
    public static string Body(IReadOnlyList<string> ids, string? trace) => JsonSerializer.Serialize(new(ids, trace), FlowJson.Default.RecordsChanged);

    public static RecordsChanged Parse(string body) => JsonSerializer.Deserialize(body, FlowJson.Default.RecordsChanged)!;
}
