using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StackHub.Connectors.Intercom;

/// <summary>A page of contacts or companies; <see cref="ScrollParam"/> only from the scroll.</summary>
internal sealed record IntercomPage(IReadOnlyList<JsonElement>? Data, JsonElement Pages, string? ScrollParam)
{
    /// <summary>The cursor of the next page: an object with starting_after, null on the last page.</summary>
    public string? NextCursor => new IntercomItem(Pages).Child("next")?.Text("starting_after");

    public override string ToString() => $"page of {Data?.Count ?? 0}";
}

internal sealed record IntercomErrors(string? RequestId, IReadOnlyList<IntercomError>? Errors)
{
    public IntercomError? First => Errors is { Count: > 0 } errors ? errors[0] : null;
}

/// <param name="Message">The vendor's words; they can name values.</param>
internal sealed record IntercomError(string? Code, string? Message, string? Field)
{
    public override string ToString() => Code ?? "error";
}

internal sealed record IntercomSearch(IntercomFilterGroup Query, IntercomPaging Pagination, IntercomSort? Sort = null)
{
    public override string ToString() => "search";
}

internal sealed record IntercomFilterGroup(string Operator, IReadOnlyList<IntercomFilter> Value)
{
    public override string ToString() => $"{Operator} of {Value.Count}";
}

/// <param name="Value">Text, a number, or an array of texts.</param>
internal sealed record IntercomFilter(string Field, string Operator, JsonNode Value)
{
    public override string ToString() => $"{Field} {Operator}";
}

internal sealed record IntercomPaging(int PerPage, string? StartingAfter = null);

/// <param name="Order">"ascending" or "descending".</param>
internal sealed record IntercomSort(string Field, string Order);

internal sealed record IntercomAttributeList(IReadOnlyList<IntercomAttribute>? Data);

internal sealed record IntercomAdminList(IReadOnlyList<IntercomAdmin>? Admins);

internal sealed record IntercomAdmin(string? Email, bool? HasInboxSeat)
{
    public override string ToString() => "admin";
}

internal sealed record IntercomAttribute(string? Name, string? FullName, string? DataType, bool? Custom, bool? ApiWritable);

internal sealed record IntercomNewAttribute(string Name, string Model, string DataType);

internal sealed record IntercomNotification(string? Type, string? Id, string? Topic, long? CreatedAt, JsonElement Data)
{
    public override string ToString() => $"{Topic} {Id}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IntercomPage))]
[JsonSerializable(typeof(IntercomErrors))]
[JsonSerializable(typeof(IntercomSearch))]
[JsonSerializable(typeof(IntercomAttributeList))]
[JsonSerializable(typeof(IntercomAdminList))]
[JsonSerializable(typeof(IntercomNewAttribute))]
[JsonSerializable(typeof(IntercomNotification))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class IntercomJson : JsonSerializerContext;
