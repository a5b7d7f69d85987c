using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Privacy.Receipts;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReceiptContent))]
[JsonSerializable(typeof(ReceiptHeader))]
[JsonSerializable(typeof(ReceiptKey))]
[JsonSerializable(typeof(ReceiptKeySet))]
internal sealed partial class ReceiptJson : JsonSerializerContext;

/// <summary>The protected header of the JWS.</summary>
internal sealed record ReceiptHeader(string Alg, string Typ, string Kid, ReceiptKey Jwk);
