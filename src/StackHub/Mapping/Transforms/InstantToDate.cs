namespace StackHub.Mapping.Transforms;

/// <summary>The UTC day of a time.</summary>
public sealed class InstantToDate : ITransform
{
    public string Name => "date";

    public string? Apply(string text) => CanonicalText.Of(FieldType.Date, text)?.Text ?? text;
}
