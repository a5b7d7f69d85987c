using Azure.Core;
using Azure.Core.Pipeline;

namespace StackHub.AzureStorage.Calls;

internal sealed class CountTries : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Tries.Property, out var value) && value is Tries tries)
            tries.Add();
    }
}
