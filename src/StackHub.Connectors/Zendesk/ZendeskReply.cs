using System.Net;

namespace StackHub.Connectors.Zendesk;

/// <summary>Zendesk's answer to a write: what was asked for, or its error.</summary>
internal sealed record ZendeskReply<T>(HttpStatusCode Status, T? Body, ZendeskError? Error)
    where T : class
{
    public override string ToString() => $"HTTP {(int)Status}";
}
