namespace StackHub.Records;

/// <summary>
/// A field's value in canonical text: trimmed text, "true"/"false", invariant numbers, ISO dates, sorted sets joined by ';', record ids.
/// Blank (null or "") means "cleared". It may be personal data, so it prints as a mask; <see cref="Text"/> is the only way to read it.
/// </summary>
public readonly record struct FieldValue(string? Text) : IComparable<FieldValue>
{
    public static readonly FieldValue Blank = new((string?)null);

    public string? Text { get; } = string.IsNullOrEmpty(Text) ? null : Text;

    public bool IsBlank => Text is null;

    /// <summary>Order of the values' code units: arbitrary, but the same everywhere, so that ties break alike.</summary>
    public int CompareTo(FieldValue other) => string.CompareOrdinal(Text, other.Text);

    public override string ToString() => IsBlank ? "[blank]" : "[value]";
}
