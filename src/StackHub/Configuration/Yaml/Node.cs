using System.Collections.Immutable;

namespace StackHub.Configuration.Yaml;

/// <summary>A value of a YAML file that knows where it stands.</summary>
/// <param name="size">Values in it, itself included, with every alias counted as what it stands for.</param>
internal abstract class Node(Place place, int size)
{
    public Place Place => place;

    public int Size => size;

    /// <summary>"key:" with nothing behind it, "~" or "null".</summary>
    public virtual bool IsNull => false;

    /// <summary>What it is, for a person who expected something else.</summary>
    public abstract string Description { get; }
}

internal sealed class ScalarNode(Place place, string text, bool quoted) : Node(place, 1)
{
    public string Text => text;

    public bool IsQuoted => quoted;

    public override bool IsNull => !quoted && text is ("" or "~" or "null");

    public override string Description => IsNull ? "nothing" : Shown.Of(text);
}

internal sealed class ListNode(Place place, ImmutableArray<Node> items, int size) : Node(place, size)
{
    public ImmutableArray<Node> Items => items;

    public override string Description => "a list";
}

/// <summary>Entries in the order of the file; a name may occur twice, which the reader reports.</summary>
internal sealed class MapNode(Place place, ImmutableArray<MapEntry> entries, int size) : Node(place, size)
{
    public ImmutableArray<MapEntry> Entries => entries;

    public override string Description => "a block of keys";
}

internal sealed record MapEntry(string Name, Place Place, Node Value);
