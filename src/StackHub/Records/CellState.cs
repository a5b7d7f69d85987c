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

    /// <summary>True when the system holds the value, as it was given or in its own form.</summary>
    public bool IsHeld(FieldValue value) => value == Held || value == HeldWrite?.Value || (Held is null && value.IsBlank);

    internal static CellState Of(ImmutableArray<Observation> seen, ImmutableArray<HubWrite> written)
    {
        var line = new TimeLine(written);
        foreach (var observation in seen)
            line.Add(observation);
        return line.End();
    }

    /// <summary>Walks a cell's facts in the order of their times.</summary>
    private struct TimeLine(ImmutableArray<HubWrite> written)
    {
        private readonly ImmutableArray<Observation>.Builder authored = ImmutableArray.CreateBuilder<Observation>(1);
        private int next;
        private int lastAnswered = -1;
        private int firstOpen;
        private FieldValue? held;
        private HubWrite? heldWrite;

        public void Add(Observation observation)
        {
            while (next < written.Length && written[next].At < observation.At)
                Pass();
            if (IsHeld(observation.Value)) // of the same time as a write, what was held before is from before
                return;
            while (next < written.Length && written[next].At == observation.At)
                Pass();
            if (IsHeld(observation.Value) || IsEarlyEcho(observation))
                return;
            if (Explaining(observation) is { } write)
                Explain(observation, write);
            else
                Author(observation);
        }

        private readonly bool IsHeld(FieldValue value) => value == held || value == heldWrite?.Value;

        /// <summary>A vendor's time may be coarse, so that the echo of a write seems to come before it.</summary>
        private readonly bool IsEarlyEcho(Observation observation)
        {
            for (var index = next; index < written.Length; index++)
                if (written[index].Spans(observation.At) && (written[index].Says(observation.Value) || IsOwnForm(written[index], observation)))
                    return true;
            return false;
        }

        public CellState End()
        {
            while (next < written.Length)
                Pass();
            // Authored times rise with the time line, so the newest run is the last.
            return new(held, heldWrite, authored.DrainToImmutable());
        }

        private void Pass()
        {
            if (!written[next].Unanswered)
            {
                lastAnswered = next;
                (heldWrite, held) = (written[next], written[next].Stored);
            }
            next++;
        }

        /// <summary>The write that made the system say this: the last that was answered, or one since whose answer is missing. Null when it was somebody else.</summary>
        private readonly HubWrite? Explaining(Observation observation)
        {
            for (var index = next - 1; index > lastAnswered; index--)
                if (index >= firstOpen && (written[index].Says(observation.Value) || IsOwnForm(written[index], observation)))
                    return written[index];
            return heldWrite is { } write && (write.Says(observation.Value) || IsOwnForm(write, observation)) ? write : null;
        }

        private static bool IsOwnForm(HubWrite write, Observation observation) =>
            write.Spans(observation.At) && !(write.Unanswered && write.Form == OwnForm.Any) && write.Form.MayBe(write.Value, observation.Value);

        private void Explain(Observation observation, HubWrite write) =>
            (held, heldWrite) = (observation.Value == write.Value ? write.Stored : observation.Value, write);

        private void Author(Observation observation)
        {
            if (held is not null || !observation.Value.IsBlank) // a field that never had a value was not cleared
                authored.Add(observation);
            (held, heldWrite) = (observation.Value, null);
            while (firstOpen < next && written[firstOpen].Until < observation.At)
                firstOpen++; // over by now: had it been stored, this edit would have replaced it
        }
    }
}
