using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>One record of a write call on its way: where its outcome goes, what is sent, what is there now.</summary>
internal sealed record ZendeskPending(int Index, RecordWrite Write, ZendeskItem Current)
{
    public JsonObject Body(ZendeskType type) =>
        Write.Target is null ? ZendeskMapping.CreateBody(type, Write) : ZendeskMapping.UpdateBody(type, Write, Current);

    public override string ToString() => Write.ToString();
}
