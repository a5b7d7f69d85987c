using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Web.Runs;

/// <summary>Looks after runs: see <see cref="Runner.TakeUpAsync"/>.</summary>
internal sealed class RunHandler(Runner runner) : IQueueHandler
{
    public string Queue => Queues.Runs;

    public Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken) => Task.WhenAll(messages
        .Select(message => JsonSerializer.Deserialize(message.Body, RunJson.Default.RunMessage)!)
        .Distinct()
        .Select(message => runner.TakeUpAsync(RecordId.Parse(message.Run), cancellationToken)));
}

/// <param name="Run">The run's id.</param>
public sealed record RunMessage(string Run);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RunMessage))]
internal sealed partial class RunJson : JsonSerializerContext;
