namespace StackHub.Web.SignIn;

/// <param name="To">The page to go to, from "console/".</param>
/// <param name="ByPlatform">The platform can sign people in.</param>
/// <param name="Error">Why the last try failed.</param>
public sealed record SignInModel(string To, bool ByPlatform, string? Error);
