using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Declarative;

/// <summary>A file's sign-in with the settings of one system.</summary>
internal static class DeclarativeAuth
{
    public static VendorAuth Of(VendorSpec spec, IReadOnlyDictionary<string, string> settings, Uri address)
    {
        var (auth, rendering) = (spec.Auth, new Rendering(new Names().WithAll("setting", settings)));
        return auth.Kind switch
        {
            AuthKind.Basic => new VendorAuth.Fixed("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth.User!.Render(rendering)}:{auth.Password!.Render(rendering)}"))),
            AuthKind.Bearer => new VendorAuth.Fixed(auth.Scheme, auth.Value!.Render(rendering) ?? ""),
            AuthKind.Header => new VendorAuth.InHeaders(),
            _ => OAuth(auth, settings, address),
        };
    }

    /// <summary>The headers of every call, the key among them where the vendor wants it in one.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(VendorSpec spec, Names names)
    {
        IEnumerable<KeyValuePair<string, Template>> headers = spec.Auth is { Kind: AuthKind.Header, Header: { } name, Value: { } value } ? spec.Headers.Append(new(name, value)) : spec.Headers;
        return BuiltCall.HeadersOf(headers, new Rendering(names));
    }

    /// <summary>A base address on this machine is a sandbox's, which answers for the token's address too.</summary>
    private static VendorAuth.OAuth OAuth(AuthSpec auth, IReadOnlyDictionary<string, string> settings, Uri address)
    {
        var token = address.IsLoopback ? new Uri(address, auth.TokenAddress!.AbsolutePath) : auth.TokenAddress!;
        string Find(string name) => settings.GetValueOrDefault(name) ?? "";
        return new(token, stored => Form(auth, Find, stored)) { BasicClient = auth.ClientAsBasic ? $"{Find("clientId")}:{Find("clientSecret")}" : null };
    }

    private static List<KeyValuePair<string, string>> Form(AuthSpec auth, Func<string, string> find, VendorToken? stored)
    {
        List<KeyValuePair<string, string>> form = auth.IsClientGrant
            ? [new("grant_type", "client_credentials")]
            : [new("grant_type", "refresh_token"), new("refresh_token", stored?.RefreshToken ?? find("refreshToken"))];
        if (!auth.ClientAsBasic)
            form.AddRange([new("client_id", find("clientId")), new("client_secret", find("clientSecret"))]);
        if (auth.Scopes is { } scopes)
            form.Add(new("scope", scopes));
        return form;
    }
}
