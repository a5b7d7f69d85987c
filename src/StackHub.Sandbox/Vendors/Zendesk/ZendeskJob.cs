using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>One background job: queued, working, then completed with a row for each record.</summary>
internal sealed record ZendeskJob(string Id, string Type, int Total, DateTimeOffset At, Func<JsonArray> Run)
{
    /// <summary>Null until it was carried out.</summary>
    public JsonArray? Rows { get; set; }

    /// <summary>Ended by the vendor instead of carried out.</summary>
    public bool Killed { get; set; }

    public bool IsOpen => Rows is null && !Killed;
}
