using System.Text.Json;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Flows;

/// <summary>A lead is taken away from its owner, who let it lie: routing gives it to somebody else. It says nothing of who that is.</summary>
/// <param name="Reason">A code, such as "first_touch_missed"; never of a person.</param>
/// <param name="At">When the time was up: whoever got the lead since then keeps it, however often this is said.</param>
public sealed record LeadReleased(string Lead, string Reason, DateTimeOffset At);

/// <summary>Tells routing that leads are to be given to others.</summary>
public sealed class LeadReleases(IMessageQueue queue)
{
    public Task SendAsync(RecordId lead, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Routing, JsonSerializer.Serialize(new(lead.ToString(), reason, at), FlowJson.Default.LeadReleased), TimeSpan.Zero, cancellationToken);

    /// <summary>Null when the message is another one.</summary>
    public static LeadReleased? Parse(string body) => JsonSerializer.Deserialize(body, FlowJson.Default.LeadReleased) is { Lead: not null } released ? released : null;
}
