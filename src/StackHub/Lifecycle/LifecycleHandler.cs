using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.DeadLetters;
using StackHub.Telemetry;
using StackHub.Triggers;

namespace StackHub.Lifecycle;

/// <summary>Takes the records that changed through the lifecycle. A person whom others decide about all the time is parked, and holds up nobody.</summary>
public sealed class LifecycleHandler(HubModel model, LifecycleFlow flow, FieldWrites writes, Redirects redirects, SuppressionList suppression, DeadLetterStore deadLetters, TimeProvider time, ILogger<LifecycleHandler> logger) : IQueueHandler
{
    private const int Concurrency = 8;

    public string Queue => Queues.Lifecycle;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            HubMetrics.QueueAge(Queues.Lifecycle, time.GetUtcNow() - message.InsertedAt);
        if (model.Lifecycle is null)
            return; // it was taken out of the configuration: its messages are nobody's
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var again = messages.Any(message => message.DequeueCount > 1);
        var ids = messages.SelectMany(message => FlowSignals.Parse(message.Body).Ids).Distinct(StringComparer.Ordinal).Select(RecordId.Parse);
        var said = new ConcurrentQueue<FieldWrite>();
        try
        {
            await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (id, token) => await RunAsync(id, again, said, token));
        }
        finally // one whose turn fails holds up nobody who was decided
        {
            await writes.SendAsync(said, cancellationToken);
        }
    }

    private async Task RunAsync(RecordId id, bool again, ConcurrentQueue<FieldWrite> said, CancellationToken cancellationToken)
    {
        try
        {
            await flow.RunAsync(id, again, said, cancellationToken);
        }
        catch (JourneyContendedException e)
        {
            logger.Contended(e.Person);
            var now = time.GetUtcNow();
            await deadLetters.AddAsync(new($"{now.ToUnixTimeMilliseconds():D14}-{Queues.Lifecycle}-{e.Person}", now, "JOURNEY_CONTENDED", e.Message)
            {
                Queue = Queues.Lifecycle,
                Body = FlowSignals.Body([id.ToString()], null),
            }, cancellationToken);
        }
    }
}
