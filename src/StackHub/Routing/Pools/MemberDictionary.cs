using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace StackHub.Routing.Pools;

/// <summary>
/// What a pool remembers of each member, in the order of their names. A decision changes what is remembered and hardly ever of whom, so every
/// version shares the names and copies the rest, which for hundreds of members is far cheaper than a tree.
/// </summary>
public sealed class MemberDictionary : IReadOnlyDictionary<OwnerId, MemberState>
{
    public static readonly MemberDictionary Empty = new(new([]), []);
    private readonly Names names;
    private readonly MemberState[] states;

    private MemberDictionary(Names names, MemberState[] states) => (this.names, this.states) = (names, states);

    public int Count => states.Length;

    public IEnumerable<OwnerId> Keys => names.Sorted;

    public IEnumerable<MemberState> Values => states;

    public MemberState this[OwnerId key] => TryGetValue(key, out var state) ? state : throw new KeyNotFoundException();

    public bool ContainsKey(OwnerId key) => names.Places.ContainsKey(key);

    public bool TryGetValue(OwnerId key, [MaybeNullWhen(false)] out MemberState value)
    {
        var isThere = names.Places.TryGetValue(key, out var place);
        value = isThere ? states[place] : null;
        return isThere;
    }

    public MemberDictionary With(OwnerId owner, MemberState state)
    {
        var change = Changing();
        change[owner] = state;
        return change.Done();
    }

    public IEnumerator<KeyValuePair<OwnerId, MemberState>> GetEnumerator() => names.Sorted.Zip(states, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For changing many at once; this one stays as it is.</summary>
    public Change Changing() => new(names, [.. states]);

    /// <summary>Who is remembered, and where.</summary>
    internal sealed class Names(OwnerId[] sorted)
    {
        public OwnerId[] Sorted => sorted;

        public Dictionary<OwnerId, int> Places { get; } = sorted.Index().ToDictionary(owner => owner.Item, owner => owner.Index);
    }

    /// <summary>A copy that is not shared yet.</summary>
    public sealed class Change
    {
        private readonly Names names;
        private readonly MemberState[] states;
        private Dictionary<OwnerId, MemberState>? added;

        internal Change(Names names, MemberState[] states) => (this.names, this.states) = (names, states);

        public MemberState this[OwnerId owner]
        {
            get => names.Places.TryGetValue(owner, out var place) ? states[place] : added?.GetValueOrDefault(owner) ?? MemberState.New;
            set
            {
                if (names.Places.TryGetValue(owner, out var place))
                    states[place] = value;
                else
                    (added ??= [])[owner] = value;
            }
        }

        /// <summary>It is not to be changed afterwards.</summary>
        public MemberDictionary Done()
        {
            if (added is null)
                return new(names, states);
            var all = names.Sorted.Zip(states).Concat(added.Select(one => (one.Key, one.Value))).OrderBy(one => one.Item1).ToArray();
            return new(new([.. all.Select(one => one.Item1)]), [.. all.Select(one => one.Item2)]);
        }
    }
}
