using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace StackHub.AzureStorage.Calls;

/// <summary>
/// Tries without an answer end as one <see cref="RequestFailedException"/> of status 0: not as an aggregate, nor as a cancellation that
/// nobody asked for.
/// </summary>
internal sealed class OneFailure : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception e) when (IsLost(e, message))
        {
            throw Failure(e, message);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception e) when (IsLost(e, message))
        {
            throw Failure(e, message);
        }
    }

    private static bool IsLost(Exception failure, HttpMessage message) =>
        failure is AggregateException or IOException or OperationCanceledException && !message.CancellationToken.IsCancellationRequested;

    private static RequestFailedException Failure(Exception failure, HttpMessage message) =>
        new(0, $"{message.Request.Uri.Host} did not answer: {failure.GetBaseException().GetType().Name}.", failure);
}
