using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Routing;
using StackHub.Routing.Pools;

namespace StackHub.Tests.Routing;

public sealed class MemberDictionaryTests
{
    /// <summary>The law: it is a sorted dictionary, and no version changes when another is made of it.</summary>
    [Fact]
    public void Whatever_is_remembered_it_is_like_a_sorted_dictionary() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 30).SelectMany(_ => Gen.Choose(0, 1_000), (owner, given) => (owner, given))).ToArbitrary(), changes =>
        {
            var (model, members, versions) = (ImmutableSortedDictionary<OwnerId, MemberState>.Empty, MemberDictionary.Empty, new List<(ImmutableSortedDictionary<OwnerId, MemberState>, MemberDictionary)>());
            foreach (var (owner, given) in changes)
            {
                var (id, state) = (new OwnerId($"owner-{owner}"), new MemberState { Given = given });
                (model, members) = (model.SetItem(id, state), members.With(id, state));
                versions.Add((model, members));
            }

            return versions.All(version => version.Item1.SequenceEqual(version.Item2) && version.Item1.Keys.SequenceEqual(version.Item2.Keys) && version.Item1.Count == version.Item2.Count)
                && !members.ContainsKey(new("nobody")) && model.Keys.All(members.ContainsKey);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_are_changed_at_once()
    {
        var before = MemberDictionary.Empty.With(new("b"), new() { Given = 1 });
        var change = before.Changing();
        (change[new("c")], change[new("b")], change[new("a")]) = (new() { Given = 3 }, new() { Given = 2 }, new() { Given = 4 });

        var after = change.Done();

        Assert.Equal([("a", 4), ("b", 2), ("c", 3)], after.Select(member => (member.Key.Name, (int)member.Value.Given)));
        Assert.Equal([("b", 1)], before.Select(member => (member.Key.Name, (int)member.Value.Given)));
        Assert.Throws<KeyNotFoundException>(() => after[new("d")]);
    }
}
