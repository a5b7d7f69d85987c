namespace StackHub.Web.SignIn;

/// <summary>How large the form of an endpoint may be, where it carries a file.</summary>
internal sealed record FormSize(int Bytes);
