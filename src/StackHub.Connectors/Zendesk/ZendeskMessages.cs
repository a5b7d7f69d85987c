using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StackHub.Connectors.Zendesk;

/// <summary>A page of users or organizations: a list, a show_many, a search, or an export by cursor or by time.</summary>
internal sealed record ZendeskPage(
    IReadOnlyList<JsonElement>? Users,
    IReadOnlyList<JsonElement>? Organizations,
    ZendeskMeta? Meta,
    string? AfterCursor,
    bool? EndOfStream,
    long? EndTime)
{
    public IReadOnlyList<ZendeskItem> Items => [.. (Users ?? Organizations ?? []).Select(json => new ZendeskItem(json))];

    public override string ToString() => $"page of {(Users ?? Organizations)?.Count ?? 0}";
}

internal sealed record ZendeskMeta(bool HasMore, string? AfterCursor);

internal sealed record ZendeskJobAnswer(ZendeskJobStatus? JobStatus);

/// <param name="Results">Rows; null until the job is over. An object for jobs that tell no rows.</param>
internal sealed record ZendeskJobStatus(string? Id, string? Status, JsonElement Results)
{
    public override string ToString() => $"job {Status}";
}

/// <summary>What a job says of one record; which members are there depends on what was done.</summary>
/// <param name="Details">The vendor's words; they can name values.</param>
internal sealed record ZendeskRow(int? Index, long? Id, string? ExternalId, string? Status, bool? Success, string? Error, string? Details)
{
    [JsonIgnore]
    public bool IsDone => Error is null && Success != false;

    public override string ToString() => Error ?? Status ?? "row";
}

/// <param name="Details">Field to what is wrong with it, for RecordInvalid.</param>
internal sealed record ZendeskError(JsonElement Error, string? Description, JsonElement Details)
{
    /// <summary>Mostly a text; older endpoints answer an object with a title.</summary>
    [JsonIgnore]
    public string? Code => Error.ValueKind == JsonValueKind.String ? Error.GetString() : new ZendeskItem(Error).Text("title");

    public override string ToString() => "error";
}

internal sealed record ZendeskIdentities(IReadOnlyList<ZendeskIdentity>? Identities);

internal sealed record ZendeskIdentity(long Id, string? Type, string? Value, bool? Primary)
{
    public override string ToString() => $"identity {Id}";
}

internal sealed record ZendeskCustomFields(IReadOnlyList<ZendeskCustomField>? UserFields, IReadOnlyList<ZendeskCustomField>? OrganizationFields, ZendeskMeta? Meta)
{
    [JsonIgnore]
    public IReadOnlyList<ZendeskCustomField> All => UserFields ?? OrganizationFields ?? [];
}

internal sealed record ZendeskCustomField(string? Key, string? Type, string? Title, bool? Active);

internal sealed record ZendeskEvent(string? Type, string? Id, string? Subject, DateTimeOffset? Time, JsonElement Detail, JsonElement Event)
{
    public override string ToString() => "event";
}

internal sealed record ZendeskErasureSteps(IReadOnlyList<ZendeskErasureStep>? ComplianceDeletionStatuses);

/// <summary>What a product did about an erasure: request_deletion, started, complete.</summary>
/// <param name="Application">"support", "chat" ...; "all" for the request itself.</param>
internal sealed record ZendeskErasureStep(string? Action, string? Application);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ZendeskPage))]
[JsonSerializable(typeof(ZendeskJobAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ZendeskRow>))]
[JsonSerializable(typeof(ZendeskError))]
[JsonSerializable(typeof(ZendeskIdentities))]
[JsonSerializable(typeof(ZendeskErasureSteps))]
[JsonSerializable(typeof(ZendeskCustomFields))]
[JsonSerializable(typeof(ZendeskEvent))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ZendeskWire : JsonSerializerContext;
