using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Testing.Connecting;

/// <summary>Tokens of one process, with one refresh at a time.</summary>
public sealed class FakeTokens : ITokenStore, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    public VendorToken? Stored { get; set; }

    public int Refreshes { get; private set; }

    public ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) => ValueTask.FromResult(Stored);

    public async Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Stored is { } known && known.AccessToken != rejected)
                return known;
            Stored = await refresh(Stored, cancellationToken);
            Refreshes++;
            return Stored;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
