using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Audit.Notices;

/// <summary>A message to whoever wants to hear of new grave findings. Its id is the same however often it is sent.</summary>
/// <param name="Body">As it is signed.</param>
public sealed record Notice(string Id, string Body, int Attempts, DateTimeOffset NextAt)
{
    public override string ToString() => $"notice {Id}";
}

/// <summary>What a notice says: names of checks, tools and numbers, no person.</summary>
internal sealed record NoticeBody(string Type, DateTimeOffset Timestamp, NoticeData Data);

internal sealed record NoticeData(string Run, string Finding, string Check, string Subject, string Severity, string Title, decimal? Saving, string? Currency, string? Due, IReadOnlyDictionary<string, string> Evidence);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeBody))]
internal sealed partial class AuditNoticeJson : JsonSerializerContext;
