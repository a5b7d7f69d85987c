namespace StackHub.Web.Runs;

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Reads systems in full; a system that was never read is baselined.</summary>
    Backfill,

    /// <summary>Brings systems up to date: reads them (in full where that was not done), then enqueues everything that differs.</summary>
    Sync,

    /// <summary>Computes all differences again and enqueues them, for all systems.</summary>
    Reconcile,

    /// <summary>Reads systems' change feeds.</summary>
    Poll,

    /// <summary>Asks for all records to be matched again.</summary>
    Rematch,
}
