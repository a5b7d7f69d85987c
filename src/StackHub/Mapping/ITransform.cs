namespace StackHub.Mapping;

/// <summary>A named step between a vendor's text and the canonical text. Pure; never given blank text; may answer null for blank.</summary>
public interface ITransform
{
    string Name { get; }

    string? Apply(string text);
}
