using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>
/// All companies, by the workspace's one scroll. The list would be simpler, but it ends at 10,000 and is sorted by a time that moves
/// while it is read. A scroll that expires (a minute without a call) or breaks is begun again; what was already read is left out.
/// </summary>
internal sealed class IntercomScroll(IntercomApi api) : IDisposable
{
    private const int MaxRestarts = 3;
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim one = new(1, 1);

    /// <param name="resume">The scroll to go on with, while it lives.</param>
    public async IAsyncEnumerable<IntercomScrollPage> PagesAsync(string? resume, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var param = resume;
            for (var restarts = 0; restarts <= MaxRestarts;)
            {
                var page = await NextAsync(param, cancellationToken);
                param = page?.ScrollParam;
                restarts = page is null ? restarts + 1 : restarts;
                if (page is null)
                    continue;
                if (page.Data is not { Count: > 0 } data)
                    yield break;

                IntercomItem[] fresh = [.. data.Select(d => new IntercomItem(d)).Where(c => seen.Add(c.Id!))];
                if (fresh.Length > 0)
                    yield return new IntercomScrollPage(fresh, param);
                if (param is null)
                    yield break;
            }
            throw api.Unavailable("companies.scroll: breaks off again and again", Expiry);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>Null when the scroll is lost and must begin again.</summary>
    private async Task<IntercomPage?> NextAsync(string? param, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await api.ScrollAsync(param, cancellationToken);
            if (reply.Page is not null)
                return reply.Page;
            // One scroll a workspace: somebody else's (or one of ours that broke off) must expire first.
            if (param is null)
                throw api.Unavailable($"companies.scroll: {reply.Error?.Code}", Expiry);
            return null;
        }
        catch (VendorUnavailableException e) when (e.Uncertain && param is not null)
        {
            return null; // the page may have been counted as read, so the scroll cannot go on: Intercom says to restart it
        }
    }
}

/// <param name="Param">Goes on after this page, for a minute.</param>
internal sealed record IntercomScrollPage(IReadOnlyList<IntercomItem> Items, string? Param);
