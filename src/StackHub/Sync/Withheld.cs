using StackHub.Records;

namespace StackHub.Sync;

/// <summary>Something that differs in a system, or is missing there, and does not leave the hub.</summary>
/// <param name="Link">Null for a record that is not created there.</param>
/// <param name="Field">Null when nothing of the record leaves.</param>
public sealed record Withheld(SystemId System, string ObjectType, ExternalRef? Link, string? Field, string Reason);
