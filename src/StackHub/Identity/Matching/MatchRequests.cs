using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>Records to be compared with others like them; <see cref="Pairs"/> names ones that are known to share a key ("a:b").</summary>
public sealed record MatchMessage(IReadOnlyList<string> Ids, IReadOnlyList<string> Pairs);

/// <summary>Asks for records to be matched, in messages of many.</summary>
public sealed class MatchRequests(IMessageQueue queue)
{
    private const int IdsAMessage = 500;

    /// <summary>The fields whose change makes a record worth matching again.</summary>
    public static IReadOnlyList<string> Fields(RecordKind kind) => kind switch
    {
        RecordKind.Person => ["email", "firstName", "lastName", "phone", "mobilePhone"],
        RecordKind.Account => ["name", "domain", "phone", "city", "postalCode", "country"],
        _ => ["name", "account"],
    };

    public async Task SendAsync(IReadOnlyCollection<RecordId> records, IReadOnlyCollection<(RecordId, RecordId)> pairs, CancellationToken cancellationToken)
    {
        foreach (var chunk in records.Select(id => id.ToString()).Chunk(IdsAMessage))
            await SendAsync(new(chunk, []), cancellationToken);
        foreach (var chunk in pairs.Select(pair => $"{pair.Item1}:{pair.Item2}").Chunk(IdsAMessage / 2))
            await SendAsync(new([], chunk), cancellationToken);
    }

    private Task SendAsync(MatchMessage message, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Match, JsonSerializer.Serialize(message, MatchJson.Default.MatchMessage), TimeSpan.Zero, cancellationToken);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MatchMessage))]
internal sealed partial class MatchJson : JsonSerializerContext;
