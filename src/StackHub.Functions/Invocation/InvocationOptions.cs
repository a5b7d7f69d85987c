namespace StackHub.Functions.Invocation;

/// <param name="Deadline">How long one invocation may work; shorter than the host's patience.</param>
internal sealed record InvocationOptions(TimeSpan Deadline);
