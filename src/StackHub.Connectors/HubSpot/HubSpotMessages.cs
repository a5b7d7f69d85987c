using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Connectors.HubSpot;

internal sealed record HubSpotRecord(string Id)
{
    public Dictionary<string, string?>? Properties { get; init; }

    public Dictionary<string, IReadOnlyList<HubSpotVersion>?>? PropertiesWithHistory { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    public bool New { get; init; }

    public string? ObjectWriteTraceId { get; init; }

    public string? Property(string name) => Properties?.GetValueOrDefault(name);

    public override string ToString() => Id;
}

internal sealed record HubSpotVersion(string? Value, DateTimeOffset Timestamp);

internal sealed record HubSpotPage(IReadOnlyList<HubSpotRecord> Results, HubSpotPaging? Paging);

/// <summary>A page of users who may own records.</summary>
internal sealed record HubSpotOwnerPage(IReadOnlyList<HubSpotOwner> Results, HubSpotPaging? Paging);

internal sealed record HubSpotOwner(string? Email)
{
    public override string ToString() => "owner";
}

internal sealed record HubSpotPaging(HubSpotNext? Next);

internal sealed record HubSpotNext(string? After);

internal sealed record HubSpotBatch(IReadOnlyList<HubSpotRecord>? Results, IReadOnlyList<HubSpotError>? Errors);

internal sealed record HubSpotError(string? Category, string? Message, IReadOnlyList<HubSpotErrorDetail>? Errors, Dictionary<string, IReadOnlyList<string>>? Context)
{
    public override string ToString() => Category ?? "error"; // the message names values
}

internal sealed record HubSpotErrorDetail(string? Code, string? Message, string? In, Dictionary<string, IReadOnlyList<string>>? Context)
{
    public override string ToString() => Code ?? "detail";
}

internal sealed record HubSpotInputs<T>(IReadOnlyList<T> Inputs);

internal sealed record HubSpotId(string Id);

/// <summary>A contact to be erased, by its id: an address that HubSpot does not know would be put on its block list.</summary>
internal sealed record HubSpotErasureOf(string ObjectId);

internal sealed record HubSpotRead(IReadOnlyList<HubSpotId> Inputs, IReadOnlyList<string> Properties, IReadOnlyList<string> PropertiesWithHistory, string? IdProperty);

internal sealed record HubSpotWrite(string Id, string? IdProperty, Dictionary<string, string> Properties, string ObjectWriteTraceId)
{
    public override string ToString() => ObjectWriteTraceId;
}

internal sealed record HubSpotPatch(Dictionary<string, string> Properties)
{
    public override string ToString() => $"patch of {Properties.Count}";
}

internal sealed record HubSpotSearch(IReadOnlyList<HubSpotFilterGroup> FilterGroups, IReadOnlyList<string> Sorts, IReadOnlyList<string> Properties, int Limit, string After);

internal sealed record HubSpotFilterGroup(IReadOnlyList<HubSpotFilter> Filters);

internal sealed record HubSpotFilter(string PropertyName, string Operator, string Value);

internal sealed record HubSpotLinked(IReadOnlyList<HubSpotLinks>? Results);

internal sealed record HubSpotLinks(HubSpotId From, IReadOnlyList<HubSpotLink> To, HubSpotPaging? Paging);

/// <param name="ToObjectId">The description says text, the API answers a number.</param>
internal sealed record HubSpotLink([property: JsonConverter(typeof(TextOrNumber))] string ToObjectId, IReadOnlyList<HubSpotLabel> AssociationTypes);

internal sealed record HubSpotLabel(string Category, int TypeId, string? Label);

internal sealed record HubSpotLinkRead(string Id, string? After);

internal sealed record HubSpotLinkWrite(HubSpotId From, HubSpotId To, IReadOnlyList<HubSpotLinkType> Types);

internal sealed record HubSpotLinkType(string AssociationCategory, int AssociationTypeId);

internal sealed record HubSpotLinkRemoval(HubSpotId From, IReadOnlyList<HubSpotId> To);

internal sealed record HubSpotLinkedPairs(IReadOnlyList<HubSpotPair>? Results, IReadOnlyList<HubSpotError>? Errors);

internal sealed record HubSpotPair(
    [property: JsonConverter(typeof(TextOrNumber))] string FromObjectId,
    [property: JsonConverter(typeof(TextOrNumber))] string ToObjectId);

internal sealed record HubSpotStatus(string SubscriberIdString, long SubscriptionId, string StatusState, string Channel, string LegalBasis, string LegalBasisExplanation)
{
    public override string ToString() => StatusState;
}

internal sealed record HubSpotStatuses(IReadOnlyList<HubSpotSubscriber>? Results, IReadOnlyList<HubSpotError>? Errors);

internal sealed record HubSpotSubscriber(string? SubscriberIdString)
{
    public override string ToString() => "[subscriber]";
}

internal sealed record HubSpotProperty(string Name, bool HasUniqueValue)
{
    public IReadOnlyList<HubSpotOption>? Options { get; init; }
}

internal sealed record HubSpotOption(string Value, string? Label, int? DisplayOrder, bool Hidden);

internal sealed record HubSpotNewProperty(string Name, string Label, string Type, string FieldType, string GroupName, string Description, bool HasUniqueValue);

/// <summary>One event of a webhook call; which members it has depends on its type.</summary>
internal sealed record HubSpotEvent(string? SubscriptionType, long? OccurredAt)
{
    [JsonConverter(typeof(TextOrNumber))]
    public string? ObjectId { get; init; }

    [JsonConverter(typeof(TextOrNumber))]
    public string? PortalId { get; init; }

    public string? ObjectTypeId { get; init; }

    public string? PropertyName { get; init; }

    public string? PropertyValue { get; init; }

    public string? AssociationType { get; init; }

    [JsonConverter(typeof(TextOrNumber))]
    public string? FromObjectId { get; init; }

    [JsonConverter(typeof(TextOrNumber))]
    public string? ToObjectId { get; init; }

    public string? FromObjectTypeId { get; init; }

    public string? ToObjectTypeId { get; init; }

    [JsonConverter(typeof(TextOrNumber))]
    public string? PrimaryObjectId { get; init; }

    [JsonConverter(typeof(TextOrNumber))]
    public string? NewObjectId { get; init; }

    public IReadOnlyList<JsonElement>? MergedObjectIds { get; init; }

    public override string ToString() => SubscriptionType ?? "event";
}

/// <summary>HubSpot writes record ids sometimes as numbers and sometimes as text.</summary>
internal sealed class TextOrNumber : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetInt64(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : throw new JsonException(),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubSpotRecord))]
[JsonSerializable(typeof(HubSpotPage))]
[JsonSerializable(typeof(HubSpotOwnerPage))]
[JsonSerializable(typeof(HubSpotBatch))]
[JsonSerializable(typeof(HubSpotError))]
[JsonSerializable(typeof(HubSpotRead))]
[JsonSerializable(typeof(HubSpotPatch))]
[JsonSerializable(typeof(HubSpotSearch))]
[JsonSerializable(typeof(HubSpotErasureOf))]
[JsonSerializable(typeof(HubSpotInputs<HubSpotId>), TypeInfoPropertyName = "Ids")]
[JsonSerializable(typeof(HubSpotInputs<string>), TypeInfoPropertyName = "Texts")]
[JsonSerializable(typeof(HubSpotInputs<HubSpotWrite>), TypeInfoPropertyName = "Writes")]
[JsonSerializable(typeof(HubSpotInputs<HubSpotLinkRead>), TypeInfoPropertyName = "LinkReads")]
[JsonSerializable(typeof(HubSpotInputs<HubSpotLinkWrite>), TypeInfoPropertyName = "LinkWrites")]
[JsonSerializable(typeof(HubSpotInputs<HubSpotLinkRemoval>), TypeInfoPropertyName = "LinkRemovals")]
[JsonSerializable(typeof(HubSpotInputs<HubSpotStatus>), TypeInfoPropertyName = "StatusWrites")]
[JsonSerializable(typeof(HubSpotLinked))]
[JsonSerializable(typeof(HubSpotLinkedPairs))]
[JsonSerializable(typeof(HubSpotStatuses))]
[JsonSerializable(typeof(HubSpotProperty))]
[JsonSerializable(typeof(HubSpotNewProperty))]
[JsonSerializable(typeof(List<HubSpotEvent>), TypeInfoPropertyName = "Events")]
internal sealed partial class HubSpotJson : JsonSerializerContext;
