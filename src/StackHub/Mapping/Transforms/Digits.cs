namespace StackHub.Mapping.Transforms;

/// <summary>Only the digits of a text.</summary>
public sealed class Digits : ITransform
{
    public string Name => "digits";

    public string? Apply(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
