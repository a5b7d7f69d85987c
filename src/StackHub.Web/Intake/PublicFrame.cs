using StackHub.Permissions;
using StackHub.Privacy.Consent;

namespace StackHub.Web.Intake;

/// <summary>What every public page is drawn with.</summary>
/// <param name="Root">The way from the page's address back to "privacy/".</param>
/// <param name="Proof">Goes with every form, so that no other site can send it.</param>
/// <param name="Signal">That the browser's opt-out was processed; null without one.</param>
public sealed record PublicFrame(string Root, string Proof, IntakeSettings Settings, PrivacySignalReceipt? Signal)
{
    public string Owner => Settings.Name ?? "this company";

    /// <summary>An address of the public pages, from where the page is.</summary>
    public string To(string path) => Root.Length + path.Length == 0 ? "./" : Root + path;

    /// <summary>Relative, so that a proxy may serve the hub under any path.</summary>
    public static string RootOf(string path) => path.Count(letter => letter == '/') switch
    {
        < 2 => "privacy/", // "/privacy"
        var parts => string.Concat(Enumerable.Repeat("../", parts - 2)),
    };

    public override string ToString() => "public frame";
}
