using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>A query's answer; rows have whatever fields were selected.</summary>
internal sealed record QueryPage(bool Done, string? NextRecordsUrl, IReadOnlyList<JsonElement> Records)
{
    public override string ToString() => $"{Records.Count} rows";
}

/// <summary>One record's result inside a collections answer.</summary>
internal sealed record SaveResult(string? Id, bool Success, IReadOnlyList<SalesforceError>? Errors, bool? Created)
{
    public override string ToString() => Success ? "saved" : $"not saved: {(Errors is [var first, ..] ? first : null)}";
}

/// <summary>An error, of a whole request (errorCode) or of one record in it (statusCode). Its message can quote values.</summary>
internal sealed record SalesforceError(string? ErrorCode, string? StatusCode, string? Message, IReadOnlyList<string>? Fields)
{
    /// <summary>What a duplicate rule found, in two spellings: the misspelt one is what REST answers.</summary>
    public JsonElement? DuplicateResult { get; init; }

    [JsonPropertyName("duplicateResut")]
    public JsonElement? DuplicateResut { get; init; }

    /// <summary>Set when no answer came that could say more: the call failed, not the record.</summary>
    [JsonIgnore]
    public VendorUnavailableException? Failure { get; init; }

    public static SalesforceError Of(VendorUnavailableException failure) => new(failure.Reason, StatusCode: null, Message: null, Fields: null) { Failure = failure };

    [JsonIgnore]
    public string Code => StatusCode ?? ErrorCode ?? "UNKNOWN_EXCEPTION";

    public override string ToString() => Code;
}

internal sealed record ObjectDescription(bool Createable, bool Updateable, bool Queryable, IReadOnlyList<FieldDescription> Fields);

internal sealed record FieldDescription(string Name, bool Createable, bool Updateable, bool ExternalId, bool Unique);

internal sealed record ApiVersion(string Version);

/// <summary>A bulk job to be made.</summary>
internal sealed record BulkJobRequest(string Object, string Operation);

internal sealed record BulkJobState(string State);

internal sealed record BulkJob(string Id, string State, int NumberRecordsFailed, string? ErrorMessage)
{
    public override string ToString() => $"job {Id} {State}";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = false)]
[JsonSerializable(typeof(QueryPage))]
[JsonSerializable(typeof(SaveResult[]))]
[JsonSerializable(typeof(SalesforceError[]))]
[JsonSerializable(typeof(BulkJobRequest))]
[JsonSerializable(typeof(BulkJobState))]
[JsonSerializable(typeof(BulkJob))]
[JsonSerializable(typeof(ObjectDescription))]
[JsonSerializable(typeof(ApiVersion[]))]
internal sealed partial class SalesforceJson : JsonSerializerContext;
