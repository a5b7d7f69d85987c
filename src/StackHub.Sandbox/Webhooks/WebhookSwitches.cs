namespace StackHub.Sandbox.Webhooks;

/// <summary>Where a vendor's webhooks go and how badly they travel.</summary>
public sealed class WebhookSwitches
{
    /// <summary>Nothing is sent, and nothing is kept, while this is null.</summary>
    public Uri? Target { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>The key signatures are made with; a vendor fills in its own.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Events leave in any order.</summary>
    public bool Shuffle { get; set; }

    /// <summary>Share of events delivered twice.</summary>
    public double Duplicates { get; set; }

    /// <summary>Share of events that are never delivered.</summary>
    public double Drops { get; set; }

    public TimeSpan Delay { get; set; }

    /// <summary>Waits between attempts; when they are used up the event is given up.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; set; } = [.. Enumerable.Range(0, 10).Select(n => TimeSpan.FromMilliseconds(50 << Math.Min(n, 5)))];

    /// <summary>How long the receiver may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many POSTs may be under way at once.</summary>
    public int Concurrency { get; set; } = 4;
}
