using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>What a value looks like.</summary>
internal abstract class Shape
{
    /// <summary>"a whole number from 1 to 64": completes "expected".</summary>
    public abstract string Expects { get; }

    /// <summary>The same, as JSON Schema.</summary>
    public abstract JsonObject Schema();
}

/// <summary>A shape whose values are read as a <typeparamref name="T"/>; null when the value is not of the shape, which is reported.</summary>
internal abstract class Shape<T> : Shape
{
    public abstract T? Read(Node node, string path, ProblemList problems);

    /// <summary>For one value: the message may quote it.</summary>
    protected T? Wrong(Node node, string path, ProblemList problems)
    {
        problems.Add(node.Place, path, $"{Expects} is expected, but {node.Description} is here.", "Write it so, or leave the key out.");
        return default;
    }

    /// <summary>For one value that may hold a password or be a misplaced secret.</summary>
    protected T? WrongUnquoted(Node node, string path, ProblemList problems)
    {
        var found = node is ScalarNode { IsNull: false, Text.Length: > 0 } ? "something else" : node is ScalarNode ? "nothing" : node.Description;
        problems.Add(node.Place, path, $"{Expects} is expected, but {found} is here.", "Write it so, or leave the key out.");
        return default;
    }

    /// <summary>For a block or list: a lone value in its place may be a misplaced secret and is not quoted.</summary>
    protected T? WrongBlock(Node node, string path, ProblemList problems)
    {
        var found = node is ScalarNode { IsNull: false } ? "a single value" : node.Description;
        problems.Add(node.Place, path, $"{Expects} is expected, but {found} is here.", "Write the entries on lines of their own below the key, further to the right.");
        return default;
    }
}
