using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Limits;

/// <summary>Remembers the Retry-After a vendor has issued, and who came back too early.</summary>
internal sealed class RetryAfterWatch(VendorClock clock, TimeSpan grace)
{
    private readonly Lock gate = new();
    private DateTimeOffset issued;
    private DateTimeOffset until;

    public TimeSpan? Remaining
    {
        get
        {
            lock (gate)
                return clock.Now < until ? until - clock.Now : null;
        }
    }

    /// <summary>True when the call cannot have been on its way already when the wait was issued.</summary>
    public bool IsBreach
    {
        get
        {
            lock (gate)
                return clock.Now < until && clock.Now - issued > grace;
        }
    }

    /// <summary>Keeps the first wait when one is already running: repeating it does not restart the grace.</summary>
    public void Issue(TimeSpan wait)
    {
        lock (gate)
        {
            var now = clock.Now;
            if (now >= until)
                (issued, until) = (now, now + wait);
        }
    }
}
