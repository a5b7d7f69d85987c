namespace StackHub.Configuration;

/// <summary>One thing wrong in a configuration file: where it is, what it is, and what to do. It never holds a setting's value.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Path">The key, from the top: "systems.salesforce.poll"; empty for the file as a whole.</param>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Path, string Message, string Cure)
{
    /// <summary>The form editors and build logs turn into a link.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {(Path.Length == 0 ? "" : Path + ": ")}{Message} {Cure}";
}
