namespace StackHub.Sqlite.Engine;

/// <summary>An SQL text with a place of its own, so that a connection finds its prepared form without hashing the text.</summary>
internal sealed class Query(string text)
{
    private static int count;

    public string Text { get; } = text;

    public int Place { get; } = Interlocked.Increment(ref count) - 1;
}
