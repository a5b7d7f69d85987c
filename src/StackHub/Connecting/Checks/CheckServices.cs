using StackHub.Records;

namespace StackHub.Connecting.Checks;

/// <summary>The vendor's limits in one process, for a run that keeps nothing.</summary>
public sealed class PacedBudget(IReadOnlyList<RateLimit> limits, TimeProvider time) : IVendorBudget
{
    private readonly Queue<DateTimeOffset>[] taken = [.. limits.Select(_ => new Queue<DateTimeOffset>())];
    private readonly SemaphoreSlim gate = new(1, 1);
    private DateTimeOffset blocked;

    public async ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (WaitOf(scope) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            for (var i = 0; i < limits.Count; i++)
                if (limits[i].Scope == "*" || limits[i].Scope == scope)
                    taken[i].Enqueue(time.GetUtcNow());
        }
        finally
        {
            gate.Release();
        }
    }

    public ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken)
    {
        blocked = time.GetUtcNow() + wait;
        return ValueTask.CompletedTask;
    }

    private TimeSpan WaitOf(string scope)
    {
        var now = time.GetUtcNow();
        var wait = blocked - now;
        for (var i = 0; i < limits.Count; i++)
        {
            while (taken[i].TryPeek(out var first) && first + limits[i].Window <= now)
                taken[i].Dequeue();
            if ((limits[i].Scope == "*" || limits[i].Scope == scope) && taken[i].Count >= limits[i].Permits && taken[i].Peek() + limits[i].Window - now is var own && own > wait)
                wait = own;
        }
        return wait;
    }
}

/// <summary>Tokens of a run that keeps nothing.</summary>
public sealed class PassingTokens : ITokenStore
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private VendorToken? token;

    public ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public async Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (token is null || token.AccessToken == rejected)
                token = await refresh(token, cancellationToken);
            return token;
        }
        finally
        {
            gate.Release();
        }
    }
}
