namespace StackHub.Web.Intake;

/// <summary>A page that says one thing.</summary>
/// <param name="Next">Where to go on from here, and what that is called.</param>
public sealed record MessageModel(string Title, string Text, (string Path, string Words)? Next = null);
