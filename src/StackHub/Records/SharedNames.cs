using System.Collections.Concurrent;

namespace StackHub.Records;

/// <summary>
/// One string for a name that every record repeats: fields, systems and types. At most so many are kept; what comes after those stays a
/// string of its own.
/// </summary>
public sealed class SharedNames(int most)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);
    private int kept;

    public string Of(string name)
    {
        if (known.TryGetValue(name, out var shared))
            return shared;
        return kept < most && Interlocked.Increment(ref kept) <= most ? known.GetOrAdd(name, name) : name;
    }
}
