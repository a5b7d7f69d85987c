namespace StackHub.Configuration.Format;

/// <summary>One key of the file: the reader, the unknown-key check and the editor schema all take it from here.</summary>
internal abstract class Key(string name, string doc)
{
    public string Name => name;

    public string Doc => doc;

    public abstract Shape Shape { get; }

    public bool Required { get; init; }

    /// <summary>What holds when the key is absent, as it would be written.</summary>
    public string? Default { get; init; }
}

/// <summary>A key whose value is read as a <typeparamref name="T"/>.</summary>
internal sealed class Key<T>(string name, Shape<T> shape, string doc) : Key(name, doc)
{
    public override Shape Shape => shape;

    public Shape<T> Value => shape;
}
