using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using StackHub.Security;

namespace StackHub.Web.Security;

/// <summary>
/// Who App Service authentication says the caller is: https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities.
/// Roles are the app roles assigned in Entra ID, by the names in <see cref="RoleNames"/>.
/// </summary>
internal static class PlatformPrincipal
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string RoleClaim = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    /// <summary>Null when nobody is signed in, or the header cannot be read.</summary>
    public static Caller? Read(IHeaderDictionary headers)
    {
        if (headers[Header] is not [{ } encoded] || Decode(encoded) is not { Claims: { } claims } principal)
            return null;
        if (claims.FirstOrDefault(claim => claim.Type is ObjectId or "oid")?.Value is not { Length: > 0 } id)
            return null;
        var roles = claims.Where(claim => claim.Type is RoleClaim or "roles" || claim.Type == principal.RoleType).Select(claim => RoleNames.Parse(claim.Value));
        return new($"user:{id}", [.. roles.OfType<Role>().Distinct()]);
    }

    private static Principal? Decode(string encoded)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(encoded), PlatformJson.Default.Principal);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    internal sealed record Principal([property: JsonPropertyName("role_typ")] string? RoleType, [property: JsonPropertyName("claims")] IReadOnlyList<Claim>? Claims);

    internal sealed record Claim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
}

[JsonSerializable(typeof(PlatformPrincipal.Principal))]
internal sealed partial class PlatformJson : JsonSerializerContext;
