using System.Collections.Frozen;
using System.Collections.Immutable;

namespace StackHub.Rules;

public enum RuleType
{
    Text,
    Number,
    Flag,

    /// <summary>Several texts, joined by ';'.</summary>
    Set,
}

/// <summary>Something a condition can ask about.</summary>
public sealed record RuleField(string Name, RuleType Type);

/// <summary>All that conditions may ask about, in a fixed order.</summary>
public sealed class RuleFields
{
    private readonly FrozenDictionary<string, int> places;

    public RuleFields(IEnumerable<RuleField> fields)
    {
        All = [.. fields];
        places = All.Select((field, place) => (field.Name, place)).ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
    }

    public ImmutableArray<RuleField> All { get; }

    public RuleField? Find(string name) => places.TryGetValue(name, out var place) ? All[place] : null;

    internal int PlaceOf(string name) => places[name];
}
