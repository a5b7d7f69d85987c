namespace StackHub.Mapping.Transforms;

/// <summary>Runs of white space become one space.</summary>
public sealed class CollapseSpaces : ITransform
{
    public string Name => "collapse-spaces";

    public string? Apply(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
