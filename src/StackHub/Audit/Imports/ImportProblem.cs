namespace StackHub.Audit.Imports;

/// <summary>A row that was not taken, and why; never what it says, which may name a person.</summary>
/// <param name="Line">In a CSV file the line, in JSON the place in the list; both begin at 1.</param>
public sealed record ImportProblem(long Line, string? Column, string Reason)
{
    public override string ToString() => Column is null ? $"line {Line}: {Reason}" : $"line {Line}, {Column}: {Reason}";
}
