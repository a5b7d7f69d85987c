using StackHub.Web.Security;

namespace StackHub.Web.SignIn;

/// <summary>Who looks at the console.</summary>
/// <param name="Caller">Null for who is not signed in.</param>
/// <param name="Secret">What only this browser (or the platform's session of this person) has; forms are bound to it.</param>
internal sealed record Visitor(Caller? Caller, string Secret)
{
    public static readonly Visitor Nobody = new(null, "");

    public bool ByPlatform { get; init; }

    public override string ToString() => $"visitor {Caller?.Id}";
}
