using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StackHub.Connectors.Marketo;

/// <summary>Every answer's envelope. Lines of the result are kept as JSON: which fields they have depends on the call.</summary>
internal sealed record MarketoAnswer(bool Success, IReadOnlyList<MarketoError>? Errors, IReadOnlyList<JsonElement>? Result, string? NextPageToken, bool? MoreResult)
{
    public override string ToString() => Success ? $"{Result?.Count ?? 0} lines" : "errors";
}

/// <summary>Only what tells a success from an error.</summary>
internal sealed record MarketoVerdict(bool? Success, IReadOnlyList<MarketoError>? Errors)
{
    public string? Code => Success == false && Errors is [var first, ..] ? first.Code : null;
}

/// <summary>Its message may name values, so it prints its code only.</summary>
internal sealed record MarketoError(string? Code, string? Message)
{
    public override string ToString() => Code ?? "error";
}

internal sealed record MarketoSync(
    string Action,
    JsonArray Input,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LookupField = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DedupeBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PartitionName = null);

internal sealed record MarketoDelete(JsonArray Input, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeleteBy = null);

internal sealed record MarketoNewField(string DisplayName, string Name, string DataType, string Description);

internal sealed record MarketoNewFields(IReadOnlyList<MarketoNewField> Input);

internal sealed record MarketoExportRequest(IReadOnlyList<string> Fields, MarketoExportFilter Filter, string Format = "CSV");

internal sealed record MarketoExportFilter(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MarketoRange? CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? SmartListId);

internal sealed record MarketoRange(string StartAt, string EndAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MarketoAnswer))]
[JsonSerializable(typeof(MarketoVerdict))]
[JsonSerializable(typeof(MarketoSync))]
[JsonSerializable(typeof(MarketoDelete))]
[JsonSerializable(typeof(MarketoNewFields))]
[JsonSerializable(typeof(MarketoExportRequest))]
[JsonSerializable(typeof(MarketoHook))]
internal sealed partial class MarketoJson : JsonSerializerContext;
