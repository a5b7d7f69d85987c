using System.Collections.Concurrent;

namespace StackHub.Connectors.Intercom;

/// <summary>
/// The contacts this connector created while the search may not show them yet, by hub id and by address, so that a search that lags
/// does not make a second one. What another process created is caught by Intercom's own conflict answer.
/// </summary>
internal sealed class IntercomRecent(TimeProvider time, TimeSpan keep)
{
    private const int Limit = 50_000;
    private readonly ConcurrentDictionary<string, Created> created = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string id, params ReadOnlySpan<string?> keys)
    {
        if (created.Count >= Limit)
            Forget();
        var at = time.GetUtcNow();
        foreach (var key in keys)
        {
            if (key is not null)
                created[key] = new Created(id, at);
        }
    }

    public string? Find(string? key) =>
        key is not null && created.TryGetValue(key, out var found) && time.GetUtcNow() - found.At <= keep ? found.Id : null;

    public void Remove(string id)
    {
        foreach (var entry in created.Where(e => e.Value.Id == id))
            created.TryRemove(entry);
    }

    private void Forget()
    {
        foreach (var entry in created.Where(e => time.GetUtcNow() - e.Value.At > keep))
            created.TryRemove(entry);
        if (created.Count >= Limit)
            created.Clear();
    }

    private readonly record struct Created(string Id, DateTimeOffset At);
}
