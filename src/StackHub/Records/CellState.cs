using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// What a cell's facts say. The facts are put on the system's own time line; a run is a stretch of equal neighbours, and a run that
/// does not start with one of our writes was authored there, at its start.
/// </summary>
/// <param name="Held">What the system holds now; null when nothing is known.</param>
/// <param name="HeldWrite">The hub's write that put it there; null when somebody else did.</param>
/// <param name="Authored">The runs the system itself authored, oldest first.</param>
public sealed record CellState(FieldValue? Held, HubWrite? HeldWrite, ImmutableArray<Observation> Authored)
{
    /// <summary>The newest value the system itself authored.</summary>
    public Observation? Claim => Authored.IsEmpty ? null : Authored[^1];

    internal static CellState Of(ImmutableArray<Observation> seen, ImmutableArray<HubWrite> written)
    {
        FieldValue? held = null;
        HubWrite? heldWrite = null;
        var authored = ImmutableArray.CreateBuilder<Observation>(1);
        var nextWrite = 0;
        foreach (var observation in seen)
        {
            while (nextWrite < written.Length && written[nextWrite].At <= observation.At)
                (heldWrite, held) = (written[nextWrite], written[nextWrite++].Stored);
            if (Continues(observation, held, heldWrite))
                continue;
            if (heldWrite is { } write && observation.At <= write.Until)
            {
                held = observation.Value; // the system's own form of what we wrote
                continue;
            }
            if (held is not null || !observation.Value.IsBlank) // a field that never had a value was not cleared
                authored.Add(observation);
            (held, heldWrite) = (observation.Value, null);
        }
        if (nextWrite < written.Length)
            (heldWrite, held) = (written[^1], written[^1].Stored);
        // Authored times rise with the time line, so the newest run is the last.
        return new(held, heldWrite, authored.DrainToImmutable());
    }

    private static bool Continues(Observation observation, FieldValue? held, HubWrite? heldWrite) =>
        observation.Value == held || (heldWrite is { } write && observation.Value == write.Value);
}
