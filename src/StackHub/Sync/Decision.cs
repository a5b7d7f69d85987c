using StackHub.Records;

namespace StackHub.Sync;

/// <summary>The canonical value of a field, who authored it and when, and in a few words why it won.</summary>
public sealed record Decision(FieldValue Value, ClaimSource Source, ExternalRef Winner, string Reason)
{
    public static Decision For(Candidate winner, string reason) => new(winner.Value, new(winner.Link.System, winner.At), winner.Link, reason);
}
