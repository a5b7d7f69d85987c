namespace StackHub.Audit.Imports;

/// <summary>Something a file may tell in a column: found by its name or an alias, whatever case, spaces and signs the header has.</summary>
public sealed class ImportColumn(string name, params string[] aliases)
{
    public string Name => name;

    /// <summary>Without it the file is of no use.</summary>
    public bool Required { get; init; }

    public IEnumerable<string> Names => aliases.Prepend(name);

    public override string ToString() => name;
}
