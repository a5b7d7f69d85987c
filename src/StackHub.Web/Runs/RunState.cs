namespace StackHub.Web.Runs;

/// <summary>How a run fares.</summary>
public enum RunState
{
    Running,
    Succeeded,
    Failed,

    /// <summary>Its process stopped or died; it goes on within minutes, or when the hub is started again, where it was.</summary>
    Interrupted,
}
