using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>A field of a system's record that should say something else.</summary>
/// <param name="Held">What the system holds; null when it has no value there.</param>
public sealed record FieldDifference(CompiledField Field, FieldValue Wanted, FieldValue? Held, Decision? Decision)
{
    public bool OverwritesValue => Held is { IsBlank: false };
}
