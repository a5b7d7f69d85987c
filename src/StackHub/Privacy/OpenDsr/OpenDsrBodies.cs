using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Privacy.OpenDsr;

/// <summary>What a controller finds out before it sends anything.</summary>
/// <param name="ProcessorCertificate">Where the certificate is that answers and callbacks are signed with.</param>
public sealed record DiscoveryDocument(string ApiVersion, IReadOnlyList<SupportedIdentity> SupportedIdentities, IReadOnlyList<string> SupportedSubjectRequestTypes, string ProcessorCertificate);

public sealed record SupportedIdentity(string IdentityType, string IdentityFormat);

/// <summary>The receipt of a request.</summary>
/// <param name="ControllerId">What the hub calls the controller.</param>
/// <param name="EncodedRequest">The whole body that came, in base64; it is to be checked and not to be kept.</param>
public sealed record CreatedAnswer(string ControllerId, DateTimeOffset ExpectedCompletionTime, DateTimeOffset ReceivedTime, string EncodedRequest, string SubjectRequestId);

/// <summary>How far a request is; also what callbacks say.</summary>
/// <param name="RequestStatus">pending, in_progress, completed or cancelled.</param>
public sealed record StatusAnswer(string ControllerId, DateTimeOffset ExpectedCompletionTime, string SubjectRequestId, string RequestStatus, string ApiVersion)
{
    /// <summary>In callbacks: the address that was called.</summary>
    public string? StatusCallbackUrl { get; init; }
}

public sealed record CancelledAnswer(string ControllerId, DateTimeOffset ReceivedTime, string SubjectRequestId, string ApiVersion);

/// <summary>A refusal, as the specification writes them.</summary>
public sealed record OpenDsrError(OpenDsrErrorBody Error)
{
    private const string Domain = "Validation";

    public static OpenDsrError Of(int code, string reason, IReadOnlyList<string> sentences) =>
        new(new OpenDsrErrorBody(code, sentences[0], [.. sentences.Select(sentence => new OpenDsrErrorDetail(Domain, reason, sentence))]));
}

public sealed record OpenDsrErrorBody(int Code, string Message, IReadOnlyList<OpenDsrErrorDetail> Errors);

public sealed record OpenDsrErrorDetail(string Domain, string Reason, string Message);

/// <summary>The bytes that are sent, and that signatures are made of.</summary>
public static class OpenDsrBytes
{
    public static byte[] Of(DiscoveryDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, OpenDsrJson.Default.DiscoveryDocument);

    public static byte[] Of(CreatedAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, OpenDsrJson.Default.CreatedAnswer);

    public static byte[] Of(StatusAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, OpenDsrJson.Default.StatusAnswer);

    public static byte[] Of(CancelledAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, OpenDsrJson.Default.CancelledAnswer);

    public static byte[] Of(OpenDsrError error) => JsonSerializer.SerializeToUtf8Bytes(error, OpenDsrJson.Default.OpenDsrError);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DiscoveryDocument))]
[JsonSerializable(typeof(CreatedAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(CancelledAnswer))]
[JsonSerializable(typeof(OpenDsrError))]
[JsonSerializable(typeof(OpenDsrEntry))]
public sealed partial class OpenDsrJson : JsonSerializerContext;
