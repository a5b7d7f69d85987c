namespace StackHub.Web.Intake;

/// <summary>Confirming a request: by a link, which shows one button, or by a code that is typed.</summary>
/// <param name="Token">The link's; null for typing.</param>
public sealed record ConfirmCodeModel(string? Reference, string? Token)
{
    public override string ToString() => "[confirmation]";
}
