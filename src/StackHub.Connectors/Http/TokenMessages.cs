using System.Text.Json.Serialization;

namespace StackHub.Connectors.Http;

/// <summary>A token endpoint's answer (RFC 6749, section 5.1; instance_url is Salesforce's).</summary>
internal sealed record TokenAnswer(string? AccessToken, string? RefreshToken, long? ExpiresIn, string? InstanceUrl)
{
    public override string ToString() => "[token]";
}

// Some vendors write expires_in as text.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TokenJson : JsonSerializerContext;
