using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Audit.Imports;

/// <summary>A list of objects, or objects one after the other; a member of a member is "profile.email".</summary>
internal sealed class JsonRows(WatchedStream content) : IRowReader
{
    /// <summary>As many objects are looked at for the names of columns.</summary>
    private const int Sample = 100;

    private readonly List<Dictionary<string, string?>?> sample = [];
    private readonly List<string> header = [];
    private IAsyncEnumerator<JsonElement>? rest;

    public async ValueTask<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken)
    {
        rest = JsonSerializer.DeserializeAsyncEnumerable(content, ImportJson.Default.JsonElement, topLevelValues: content.FirstSign == '{', cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (sample.Count < Sample && await NextAsync(cancellationToken) is { } item)
            sample.Add(Flat(item));
        header.AddRange(sample.OfType<Dictionary<string, string?>>().SelectMany(item => item.Keys).Distinct(StringComparer.Ordinal));
        return header;
    }

    public async IAsyncEnumerable<RawRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = 0L;
        foreach (var item in sample)
            yield return Row(++place, item);
        sample.Clear();
        while (await NextAsync(cancellationToken) is { } item)
            yield return Row(++place, Flat(item));
    }

    private async Task<JsonElement?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await rest!.MoveNextAsync() ? rest.Current : null;
        }
        catch (JsonException)
        {
            throw new TruncatedFileException("The file ends too early, or is no JSON.");
        }
    }

    private RawRow Row(long place, Dictionary<string, string?>? item) => item is null
        ? new(place, [], "is no object")
        : new(place, [.. header.Select(name => item.GetValueOrDefault(name))]);

    private static Dictionary<string, string?>? Flat(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        var flat = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in item.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.Object)
                foreach (var inner in member.Value.EnumerateObject())
                    flat[$"{member.Name}.{inner.Name}"] = Text(inner.Value);
            else
                flat[member.Name] = Text(member.Value);
        return flat;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object => null,
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ImportJson : JsonSerializerContext;
