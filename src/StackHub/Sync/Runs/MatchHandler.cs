using System.Text.Json;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Outbox;
using StackHub.Telemetry;
using StackHub.Triggers;

namespace StackHub.Sync.Runs;

/// <summary>Matches the records that messages name; merged records are written out, doubtful pairs wait for a person.</summary>
public sealed class MatchHandler(Matcher matcher, Redirects redirects, SuppressionList suppression, Emitter emitter, FlowSignals flows, ConflictStore conflicts, TimeProvider time) : IQueueHandler
{
    public string Queue => Queues.Match;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            HubMetrics.QueueAge(Queues.Match, time.GetUtcNow() - message.InsertedAt);
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var wanted = messages.Select(message => JsonSerializer.Deserialize(message.Body, MatchJson.Default.MatchMessage)!).ToArray();
        var ids = wanted.SelectMany(message => message.Ids).Distinct().Select(RecordId.Parse).ToArray();
        var pairs = wanted.SelectMany(message => message.Pairs).Distinct().Select(pair => (RecordId.Parse(pair[..32]), RecordId.Parse(pair[33..]))).ToArray();
        var findings = await matcher.MatchAsync(ids, pairs, cancellationToken);
        foreach (var proposal in findings.Proposals)
            await conflicts.RaiseAsync(new(ConflictKind.PossibleDuplicate, proposal.First, time.GetUtcNow()) { Other = proposal.Second, Detail = proposal.Reason, Probability = proposal.Probability }, cancellationToken);
        foreach (var (record, rival) in findings.Disputes)
            await conflicts.RaiseAsync(Conflict.OfAddress(record, rival, time.GetUtcNow()), cancellationToken);
        await emitter.EmitAsync(findings.Survivors, Lane.Interactive, null, cancellationToken);
        await flows.SendAllAsync([.. findings.Survivors], null, cancellationToken);
    }
}
