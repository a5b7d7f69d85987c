namespace StackHub.Sandbox.Hosting;

/// <summary>Issues and checks access tokens; two live refreshes at once are counted, because they kill grants in real life.</summary>
internal sealed class TokenDesk(string prefix, TimeSpan lifetime, VendorClock clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> tokens = [];
    private readonly HashSet<string> permanent = [];
    private long issued;

    public long Issued => Interlocked.Read(ref issued);

    public string Issue()
    {
        lock (gate)
        {
            var token = $"{prefix}{++issued:x8}";
            tokens[token] = clock.Now + lifetime;
            return token;
        }
    }

    public void AddPermanent(string token)
    {
        lock (gate)
            permanent.Add(token);
    }

    public void Revoke(string token)
    {
        lock (gate)
        {
            permanent.Remove(token);
            tokens.Remove(token);
        }
    }

    public bool IsGood(string token)
    {
        lock (gate)
            return permanent.Contains(token) || (tokens.TryGetValue(token, out var until) && clock.Now < until);
    }

    /// <summary>Ends every issued token; a refresh then works again.</summary>
    public void ExpireAll()
    {
        lock (gate)
            tokens.Clear();
    }
}
