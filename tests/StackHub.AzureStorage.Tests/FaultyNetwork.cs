using Azure.Core;
using Azure.Core.Pipeline;

namespace StackHub.AzureStorage.Tests;

/// <summary>A network that loses the answers to the next requests (which the store did do), and counts them all.</summary>
internal sealed class FaultyNetwork : HttpPipelinePolicy
{
    private int sent;

    public int Sent => sent;

    public int AnswersToLose { get; set; }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref sent);
        await ProcessNextAsync(message, pipeline);
        if (AnswersToLose == 0)
            return;
        AnswersToLose--;
        throw new IOException("The connection was reset.");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Everything here is asynchronous.");
}
