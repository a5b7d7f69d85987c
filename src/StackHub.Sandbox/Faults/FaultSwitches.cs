namespace StackHub.Sandbox.Faults;

/// <summary>What may go wrong at a vendor, switchable while it runs and repeatable from a seed.</summary>
public sealed class FaultSwitches(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly Queue<FaultKind> planned = [];
    private readonly Queue<TimeSpan> throttles = [];

    public TimeSpan Latency { get; set; }

    /// <summary>Up to this much more, evenly spread.</summary>
    public TimeSpan Jitter { get; set; }

    /// <summary>Share of calls answered with the vendor's own 5xx.</summary>
    public double ServerErrors { get; set; }

    /// <summary>Share of calls whose connection breaks before anything happened.</summary>
    public double DropBefore { get; set; }

    /// <summary>Share of calls that are carried out but whose answer is lost.</summary>
    public double DropAfter { get; set; }

    /// <summary>Nobody answers: 503, or no connection at all.</summary>
    public bool Down { get; set; }

    public bool DownRefusesConnections { get; set; }

    public TimeSpan SearchLag { get; set; }

    /// <summary>Share of record writes refused as locked (Salesforce UNABLE_TO_LOCK_ROW).</summary>
    public double LockedRows { get; set; }

    /// <summary>Answers the next call with 429 and this Retry-After.</summary>
    public void ThrottleNext(TimeSpan retryAfter)
    {
        lock (gate)
            throttles.Enqueue(retryAfter);
    }

    /// <summary>Gives the next calls these fates, in order, whatever the probabilities say.</summary>
    public void Plan(params IEnumerable<FaultKind> fates)
    {
        lock (gate)
        {
            foreach (var fate in fates)
                planned.Enqueue(fate);
        }
    }

    /// <summary>Back to a healthy vendor.</summary>
    public void Clear()
    {
        lock (gate)
        {
            (Latency, Jitter, ServerErrors, DropBefore, DropAfter) = (default, default, 0, 0, 0);
            (Down, DownRefusesConnections, SearchLag, LockedRows) = (false, false, default, 0);
            planned.Clear();
            throttles.Clear();
        }
    }

    internal bool IsRowLocked()
    {
        if (LockedRows <= 0)
            return false;
        lock (gate)
            return random.NextDouble() < LockedRows;
    }

    internal Fate Next(bool isSignIn)
    {
        if (Down)
            return new(DownRefusesConnections ? FaultKind.DropBefore : FaultKind.Down, default, default);
        lock (gate)
        {
            var latency = Jitter > TimeSpan.Zero ? Latency + (Jitter * random.NextDouble()) : Latency;
            if (isSignIn)
                return new(FaultKind.None, latency, default);
            if (throttles.TryDequeue(out var wait))
                return new(FaultKind.Throttle, latency, wait);
            return new(planned.TryDequeue(out var fate) ? fate : Drawn(), latency, TimeSpan.FromSeconds(1));
        }
    }

    private FaultKind Drawn()
    {
        if (DropBefore <= 0 && DropAfter <= 0 && ServerErrors <= 0)
            return FaultKind.None;
        var draw = random.NextDouble();
        if (draw < DropBefore)
            return FaultKind.DropBefore;
        if (draw < DropBefore + DropAfter)
            return FaultKind.DropAfter;
        return draw < DropBefore + DropAfter + ServerErrors ? FaultKind.ServerError : FaultKind.None;
    }
}
