using StackHub.Flows;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Privacy.Consent;

/// <summary>Hears of records whose flags or addresses changed.</summary>
public sealed class ConsentHandler(ConsentUpkeep upkeep) : IQueueHandler
{
    public string Queue => Queues.Consents;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var id in messages.SelectMany(message => FlowSignals.Parse(message.Body).Ids).Distinct(StringComparer.Ordinal))
            await upkeep.RunAsync(RecordId.Parse(id), cancellationToken);
    }
}
