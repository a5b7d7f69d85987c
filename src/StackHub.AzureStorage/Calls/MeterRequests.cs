using Azure.Core;
using Azure.Core.Pipeline;
using StackHub.Telemetry;

namespace StackHub.AzureStorage.Calls;

/// <summary>Every request is billed, a repeated one too.</summary>
internal sealed class MeterRequests(string service) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => HubMetrics.StorageOperation(service);
}
