namespace StackHub.Audit;

public enum FindingStatus
{
    Open,

    /// <summary>Somebody takes it as it is, until a day.</summary>
    Accepted,

    /// <summary>The last run did not find it any more.</summary>
    Fixed,
}
