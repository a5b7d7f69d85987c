namespace StackHub.Sqlite;

/// <summary>How the embedded store trades memory, latency and durability.</summary>
public sealed record SqliteOptions
{
    public Durability Durability { get; init; } = Durability.PowerLoss;

    /// <summary>Page cache of the writing connection.</summary>
    public int CacheKilobytes { get; init; } = 16_384;

    /// <summary>Page cache of each reading connection; there is about one a core.</summary>
    public int ReaderCacheKilobytes { get; init; } = 2_048;

    /// <summary>Operations in one transaction at most; the first of them waits for the last.</summary>
    public int MaxGroup { get; init; } = 256;

    /// <summary>The write-ahead log is copied into the database about every so many kilobytes.</summary>
    public int LogKilobytes { get; init; } = 32_768;

    /// <summary>How long a write waits for another process that holds the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a waiting queue looks for messages that another process sent.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);
}
