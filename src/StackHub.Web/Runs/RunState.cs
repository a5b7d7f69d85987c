namespace StackHub.Web.Runs;

/// <summary>How a run fares.</summary>
public enum RunState
{
    Running,
    Succeeded,
    Failed,

    /// <summary>Its process stopped or died; a backfill goes on from its checkpoint when it is started again.</summary>
    Interrupted,
}
