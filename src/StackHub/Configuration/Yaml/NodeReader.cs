using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StackHub.Configuration.Yaml;

/// <summary>
/// YAML text as nodes. Built on the parser's events and not on its own tree, since that one stops at the first duplicate key and
/// hashes whole subtrees; here depth and size are counted while reading, so that hostile text costs no more than honest text.
/// </summary>
internal sealed class NodeReader
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 50_000;
    private const int LongestMessage = 200;
    private readonly Parser parser;
    private readonly Dictionary<string, Node> anchors = new(StringComparer.Ordinal);

    private NodeReader(string text) => parser = new(new Scanner(new StringReader(text), skipComments: true));

    /// <summary>Null when there is no value in the text, or it is no YAML; the latter is reported.</summary>
    public static Node? Read(string text, ProblemList problems)
    {
        var reader = new NodeReader(text);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            problems.Add(Place.Of(e.Start), "", $"This is not YAML the hub can read: {Sentence(e.Message)}", Cure(text));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner meets some malformed escapes and directives with exceptions of the runtime's own.
            problems.Add(reader.Here, "", "This is not YAML the hub can read.", "Look at the escapes and directives (\\, %) near here.");
        }
        return null;
    }

    private Place Here => parser.Current is { } current ? Place.Of(current.Start) : Place.Start;

    private Node? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return null;
        parser.Consume<DocumentStart>();
        var root = Value(depth: 1);
        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _))
            throw Refused(parser.Current!, "a second document begins here");
        return root.IsNull ? null : root;
    }

    private Node Value(int depth)
    {
        var start = parser.Consume<ParsingEvent>();
        if (depth > MaxDepth)
            throw Refused(start, $"it is nested more than {MaxDepth} levels deep");
        return start switch
        {
            AnchorAlias alias => anchors.GetValueOrDefault(alias.Value.Value) ?? throw Refused(start, $"there is no &{Shown.Bare(alias.Value.Value)} above this alias"),
            Scalar scalar => Anchored(scalar, new ScalarNode(Place.Of(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain)),
            SequenceStart list => Anchored(list, List(list, depth)),
            MappingStart map => Anchored(map, Map(map, depth)),
            _ => throw Refused(start, "a value is expected here"),
        };
    }

    private ListNode List(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        var size = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(depth + 1));
            size = Grown(size, items[^1], start);
        }
        return new(Place.Of(start.Start), items.ToImmutable(), size);
    }

    private MapNode Map(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var size = 1;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var name))
                throw Refused(parser.Current!, "a key must be plain text");
            var value = Value(depth + 1);
            entries.Add(new(name.Value, Place.Of(name.Start), value));
            size = Grown(size, value, start);
        }
        return new(Place.Of(start.Start), entries.ToImmutable(), size);
    }

    /// <summary>An anchor counts once its value is complete: a value that contains itself does not exist.</summary>
    private Node Anchored(NodeEvent start, Node node)
    {
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    private static int Grown(int size, Node value, ParsingEvent start) =>
        size + value.Size is var grown && grown <= MaxNodes ? grown : throw Refused(start, $"with its aliases it has more than {MaxNodes} values");

    private static YamlException Refused(ParsingEvent at, string reason) => new(at.Start, at.End, reason);

    private static string Sentence(string message) => Shown.Bare(message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.') : "unreadable", LongestMessage) + ".";

    /// <summary>The scanner blames the block a tab breaks, so the tab's own line is looked for.</summary>
    private static string Cure(string text)
    {
        var lines = text.Split('\n');
        var tabbed = Array.FindIndex(lines, line => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length).Contains('\t'));
        return tabbed >= 0
            ? $"Line {tabbed + 1} is indented with a tab: YAML takes spaces only."
            : "Look at the indentation, quotes and brackets here and on the line above.";
    }
}
