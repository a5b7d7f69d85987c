namespace StackHub.Cli.Output;

/// <summary>How one thing that was looked at is.</summary>
public enum CheckState
{
    Fine,
    Warning,
    Problem,
}
