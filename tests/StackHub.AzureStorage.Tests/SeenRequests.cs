using Azure.Core;
using Azure.Core.Pipeline;

namespace StackHub.AzureStorage.Tests;

/// <summary>A transport that notes requests and reaches nobody.</summary>
internal sealed class SeenRequests : HttpPipelineTransport
{
    private static readonly HttpClientTransport Http = new();

    public List<(string Host, string Authorization)> Requests { get; } = [];

    public override Request CreateRequest() => Http.CreateRequest();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Requests.Add((message.Request.Uri.Host!, message.Request.Headers.TryGetValue("Authorization", out var value) ? value! : ""));
        throw new IOException("Nobody is there.");
    }

    public override void Process(HttpMessage message) => throw new NotSupportedException("Everything here is asynchronous.");
}
