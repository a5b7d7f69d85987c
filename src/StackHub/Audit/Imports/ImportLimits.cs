namespace StackHub.Audit.Imports;

/// <summary>What a file must be like to be taken.</summary>
public sealed record ImportLimits
{
    public static readonly ImportLimits Default = new();

    /// <summary>No list of anything is shorter.</summary>
    public long LeastBytes { get; init; } = 32;

    public long MostBytes { get; init; } = 1L << 30;

    /// <summary>Rows as a share of the snapshot's before, below which the file is taken for a part.</summary>
    public double LeastShare { get; init; } = 0.5;

    /// <summary>Bad rows as a share of all above which the file is something else.</summary>
    public double MostBad { get; init; } = 0.2;
}
