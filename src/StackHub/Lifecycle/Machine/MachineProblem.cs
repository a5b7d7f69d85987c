namespace StackHub.Lifecycle.Machine;

/// <param name="Stage">The one it is about; null for the machine as a whole.</param>
public sealed record MachineProblem(string? Stage, string Message, string Cure)
{
    public override string ToString() => $"{Message} {Cure}";
}
