namespace StackHub.Privacy.Notices;

/// <summary>Something to be told outside, by a POST that is repeated until it is taken.</summary>
/// <param name="Id">Unique for what is told: the same thing told again is not sent again.</param>
/// <param name="Kind">Such as "privacy.overdue".</param>
/// <param name="Body">JSON.</param>
public sealed record OutgoingNotice(string Id, string Kind, string Body)
{
    /// <summary>Another company's address, which is answered in OpenDSR's way; null for the configured webhook.</summary>
    public Uri? Callback { get; init; }

    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>A notice that waits.</summary>
public sealed record WaitingNotice(OutgoingNotice Notice, int Tries, DateTimeOffset NextAt, DateTimeOffset Since, string ETag)
{
    public override string ToString() => Notice.ToString();
}
