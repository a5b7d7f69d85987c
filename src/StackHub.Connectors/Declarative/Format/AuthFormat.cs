using StackHub.Configuration.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

internal enum AuthKind
{
    Basic,
    Bearer,
    Header,
    OAuth,
}

/// <summary>How the vendor knows us.</summary>
internal sealed record AuthSpec(AuthKind Kind)
{
    public Template? User { get; init; }

    public Template? Password { get; init; }

    /// <summary>The token, or the header's value.</summary>
    public Template? Value { get; init; }

    public string? Header { get; init; }

    /// <summary>The scheme before the token.</summary>
    public string Scheme { get; init; } = "Bearer";

    public Uri? TokenAddress { get; init; }

    public bool IsClientGrant { get; init; }

    public bool ClientAsBasic { get; init; }

    public string? Scopes { get; init; }
}

/// <summary>The keys of sign-in.</summary>
internal static class AuthFormat
{
    private static readonly Key<AuthKind?> Kind = new("kind", new Word<AuthKind>(), "basic: user and password; bearer: token; header: header and value; oauth: tokenUrl, with the settings clientId, clientSecret and refreshToken.") { Required = true };
    private static readonly Key<Template> User = new("user", new TemplateText(), "The user of basic.");
    private static readonly Key<Template> Password = new("password", new TemplateText(), "The password of basic.");
    private static readonly Key<Template> Token = new("token", new TemplateText(), "The token of bearer.");
    private static readonly Key<string> Scheme = new("scheme", new TextValue("A word", RequestFormat.HeaderForm()), "The word before the token.") { Default = "Bearer" };
    private static readonly Key<string> Header = new("header", new TextValue("A header's name", RequestFormat.HeaderForm()), "The header that holds the key.");
    private static readonly Key<Template> Value = new("value", new TemplateText(), "The header's value.");
    private static readonly Key<Uri> TokenUrl = new("tokenUrl", new WebAddress(), "Where OAuth tokens come from; its host must be under hosts.");
    private static readonly Key<bool?> Client = new("clientGrant", new Flag(), "client_credentials instead of refresh_token.") { Default = "false" };
    private static readonly Key<bool?> Basic = new("clientAsBasic", new Flag(), "The client's id and secret go into the Authorization header and not into the form.") { Default = "false" };
    private static readonly Key<string> Scope = new("scope", new TextValue(), "The scopes asked for.");

    public static readonly Meaning<AuthSpec> Shape = new(new SectionOf("A block of kind and what it needs", [Kind, User, Password, Token, Scheme, Header, Value, TokenUrl, Client, Basic, Scope]), Read);

    private static AuthSpec Read(Section section)
    {
        var kind = section.Get(Kind) ?? AuthKind.Bearer;
        Key[] needed = kind switch
        {
            AuthKind.Basic => [User, Password],
            AuthKind.Bearer => [Token],
            AuthKind.Header => [Header, Value],
            _ => [TokenUrl],
        };
        foreach (var key in needed.Where(key => !section.Has(key)))
            section.Problem(Kind, $"This kind of sign-in needs '{key.Name}'.", $"Add {key.Name}: {key.Doc}");
        return new(kind)
        {
            User = section.Get(User),
            Password = section.Get(Password),
            Value = kind == AuthKind.Header ? section.Get(Value) : section.Get(Token),
            Scheme = section.Get(Scheme) ?? "Bearer",
            Header = section.Get(Header),
            TokenAddress = section.Get(TokenUrl),
            IsClientGrant = section.Get(Client) ?? false,
            ClientAsBasic = section.Get(Basic) ?? false,
            Scopes = section.Get(Scope),
        };
    }
}
