using System.Text.Json;

namespace StackHub.Privacy.Notices;

/// <summary>What the configured webhook is told: a type, a time and ids, as Standard Webhooks lay it out.</summary>
public sealed record PrivacyEvent(string Type, DateTimeOffset Timestamp, PrivacyEventData Data)
{
    public string ToJson() => JsonSerializer.Serialize(this, NoticeJson.Default.PrivacyEvent);
}

/// <param name="Task">The system's task, where it is about one.</param>
/// <param name="Code">What an officer has to see to, such as "overdue".</param>
public sealed record PrivacyEventData(string Request, string? Task, string Code);
