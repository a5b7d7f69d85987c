namespace StackHub.Web.Systems;

/// <summary>A pause.</summary>
/// <param name="Reason">Why, in at most 200 characters; whoever looks at the system reads it.</param>
public sealed record PauseSystem(string? Reason);
