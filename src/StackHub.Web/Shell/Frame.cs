using StackHub.Security;
using StackHub.Web.Security;

namespace StackHub.Web.Shell;

/// <summary>What every page of the console is drawn with.</summary>
/// <param name="Root">The way from the page's address back to "console/": "", "../", "../../".</param>
/// <param name="Section">The navigation's entry the page belongs to.</param>
/// <param name="Caller">Null for who is not signed in.</param>
/// <param name="Proof">Goes with every form, so that no other site can send it.</param>
/// <param name="Said">What the last action did.</param>
public sealed record Frame(string Root, string Section, Caller? Caller, string Proof, string? Said, DateTimeOffset Now)
{
    /// <summary>Signed in by the platform: the platform signs out, too.</summary>
    public bool ByPlatform { get; init; }

    /// <summary>An address of the console, from where the page is.</summary>
    public string To(string path) => Root.Length + path.Length == 0 ? "./" : Root + path;

    public bool May(Role role) => Caller?.May(role) == true;

    public override string ToString() => $"frame of {Section}";
}
