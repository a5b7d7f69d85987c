using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StackHub.Connectors.Klaviyo;

internal sealed record KlaviyoPage(IReadOnlyList<KlaviyoProfile>? Data, KlaviyoLinks? Links);

internal sealed record KlaviyoLinks(string? Next);

internal sealed record KlaviyoOne(KlaviyoProfile? Data);

internal sealed record KlaviyoJobOne(KlaviyoJob? Data);

internal sealed record KlaviyoJob(string? Id, KlaviyoJobAttributes? Attributes)
{
    public bool IsOver => Attributes?.Status is "complete" or "cancelled";

    public int Failed => Attributes?.FailedCount ?? 0;
}

internal sealed record KlaviyoJobAttributes(string? Status)
{
    [JsonPropertyName("failed_count")]
    public int? FailedCount { get; init; }
}

internal sealed record KlaviyoErrors(IReadOnlyList<KlaviyoError>? Errors)
{
    public override string ToString() => "errors";
}

internal sealed record KlaviyoError(string? Code, string? Detail, KlaviyoErrorSource? Source, KlaviyoErrorMeta? Meta)
{
    public override string ToString() => Code ?? "error"; // the detail may name values
}

internal sealed record KlaviyoErrorSource(string? Pointer, string? Parameter);

internal sealed record KlaviyoErrorMeta
{
    [JsonPropertyName("duplicate_profile_id")]
    public string? DuplicateProfileId { get; init; }
}

internal sealed record KlaviyoHook(IReadOnlyList<KlaviyoHookItem>? Data);

internal sealed record KlaviyoHookItem(string? Topic, JsonElement Payload)
{
    public override string ToString() => Topic ?? "event";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KlaviyoPage))]
[JsonSerializable(typeof(KlaviyoOne))]
[JsonSerializable(typeof(KlaviyoJobOne))]
[JsonSerializable(typeof(KlaviyoErrors))]
[JsonSerializable(typeof(KlaviyoHook))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class KlaviyoWire : JsonSerializerContext;
