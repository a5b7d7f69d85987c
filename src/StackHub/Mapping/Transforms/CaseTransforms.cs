namespace StackHub.Mapping.Transforms;

public sealed class Lower : ITransform
{
    public string Name => "lower";

    public string? Apply(string text) => text.ToLowerInvariant();
}

public sealed class Upper : ITransform
{
    public string Name => "upper";

    public string? Apply(string text) => text.ToUpperInvariant();
}
