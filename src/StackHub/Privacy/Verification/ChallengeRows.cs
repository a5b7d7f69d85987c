using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Verification;

/// <summary>How challenges lie in their table: one row a request, with the message sealed until it was taken over, and a note of those that still have to go.</summary>
internal static class ChallengeRows
{
    public const string Row = "challenge";
    public const string Pending = "pending";
    public const string NotedAt = "NotedAt";
    private const string Message = "Message";

    public static string Partition(string request) => $"request|{request}";

    public static TableRow Write(Challenge challenge, byte[]? message)
    {
        var values = new Dictionary<string, object>
        {
            ["Id"] = challenge.Id,
            ["CodeHash"] = challenge.CodeHash,
            ["TokenHash"] = challenge.TokenHash,
            ["IssuedAt"] = challenge.IssuedAt,
            ["ExpiresAt"] = challenge.ExpiresAt,
            ["Tries"] = challenge.Tries,
            ["Sent"] = challenge.Sent,
            ["WindowStart"] = challenge.WindowStart,
        };
        if (challenge.ConfirmedAt is { } confirmed)
            values["ConfirmedAt"] = confirmed;
        if (message is not null)
            values[Message] = message;
        return new(Partition(challenge.Request), Row, values);
    }

    public static Challenge Read(string request, TableRow row) => new(
        request, row.Text("Id")!, row.Text("CodeHash")!, row.Text("TokenHash")!, row.Value<DateTimeOffset>("IssuedAt")!.Value, row.Value<DateTimeOffset>("ExpiresAt")!.Value)
    {
        Tries = row.Value<int>("Tries")!.Value,
        Sent = row.Value<int>("Sent")!.Value,
        WindowStart = row.Value<DateTimeOffset>("WindowStart")!.Value,
        ConfirmedAt = row.Value<DateTimeOffset>("ConfirmedAt"),
    };

    /// <summary>Null once it was taken over.</summary>
    public static byte[]? SealedMessage(TableRow row) => row.Bytes(Message);

    public static byte[] Seal(HubKeys keys, CodeMessage message) => keys.Seal(JsonSerializer.SerializeToUtf8Bytes(message, CodeJson.Default.CodeMessage));

    public static CodeMessage Open(HubKeys keys, byte[] message) => JsonSerializer.Deserialize(keys.Open(message), CodeJson.Default.CodeMessage)!;
}

[JsonSerializable(typeof(CodeMessage))]
internal sealed partial class CodeJson : JsonSerializerContext;
