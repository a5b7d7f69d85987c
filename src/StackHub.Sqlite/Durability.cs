namespace StackHub.Sqlite;

/// <summary>What an acknowledged write survives.</summary>
public enum Durability
{
    /// <summary>Power loss: every group of writes is flushed to the disk before it is acknowledged.</summary>
    PowerLoss,

    /// <summary>The end of the process at any moment; a power loss may take the last writes, but never half a batch.</summary>
    ProcessCrash,
}
