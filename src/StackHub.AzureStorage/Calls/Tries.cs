using Azure.Core.Pipeline;

namespace StackHub.AzureStorage.Calls;

/// <summary>How often a call was sent: a refusal after a lost answer may be about the call's own first try.</summary>
internal sealed class Tries : IDisposable
{
    public const string Property = "StackHub.Tries";

    private readonly IDisposable scope;
    private int made;

    public Tries() => scope = HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = this });

    public bool Retried => made > 1;

    public void Add() => made++;

    public void Dispose() => scope.Dispose();
}
