using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// What a cell's facts say. The facts are put on the system's own time line; a run is a stretch of equal neighbours, and a run that
/// does not start with one of our writes was authored there, at its start.
/// </summary>
public sealed class CellState
{
    private const int Nobody = -1;

    /// <summary>The cell's own, and a place in it: a record has some hundred cells, and a receipt is larger than all the rest of a state.</summary>
    private readonly ImmutableArray<HubWrite> written;
    private readonly int heldBy;

    private CellState(FieldValue? held, ImmutableArray<HubWrite> written, int heldBy, ImmutableArray<Observation> authored) =>
        (Held, this.written, this.heldBy, Authored) = (held, written, heldBy, authored);

    /// <summary>What the system holds now; null when nothing is known.</summary>
    public FieldValue? Held { get; }

    /// <summary>The hub's write that put it there; null when somebody else did.</summary>
    public HubWrite? HeldWrite => heldBy == Nobody ? null : written[heldBy];

    /// <summary>The runs the system itself authored, oldest first.</summary>
    public ImmutableArray<Observation> Authored { get; }

    /// <summary>The newest value the system itself authored.</summary>
    public Observation? Claim => Authored.IsEmpty ? null : Authored[^1];

    /// <summary>True when the system holds the value, as it was given or in its own form.</summary>
    public bool IsHeld(FieldValue value) => value == Held || value == HeldWrite?.Value || (Held is null && value.IsBlank);

    internal static CellState Of(ImmutableArray<Observation> seen, ImmutableArray<HubWrite> written)
    {
        var line = new TimeLine(written);
        foreach (var observation in seen)
            line.Add(observation);
        return line.End(seen);
    }

    /// <summary>Walks a cell's facts in the order of their times.</summary>
    private struct TimeLine(ImmutableArray<HubWrite> written)
    {
        private readonly ImmutableArray<Observation>.Builder authored = ImmutableArray.CreateBuilder<Observation>(1);
        private int next;
        private int lastAnswered = -1;
        private int firstOpen;
        private FieldValue? held;
        private int heldBy = Nobody;

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
            if (Explaining(observation) is var write and not Nobody)
                Explain(observation, write);
            else
                Author(observation);
        }

        private readonly bool IsHeld(FieldValue value) => value == held || (heldBy != Nobody && value == written[heldBy].Value);

        /// <summary>A vendor's time may be coarse, so that the echo of a write seems to come before it.</summary>
        private readonly bool IsEarlyEcho(Observation observation)
        {
            for (var index = next; index < written.Length; index++)
                if (written[index].Spans(observation.At) && (written[index].Says(observation.Value) || IsOwnForm(written[index], observation)))
                    return true;
            return false;
        }

        public CellState End(ImmutableArray<Observation> seen)
        {
            while (next < written.Length)
                Pass();
            // Authored times rise with the time line, so the newest run is the last. Mostly all that was seen is authored, and shared.
            return new(held, written, heldBy, authored.Count == seen.Length ? seen : authored.DrainToImmutable());
        }

        private void Pass()
        {
            if (!written[next].Unanswered)
            {
                lastAnswered = next;
                (heldBy, held) = (next, written[next].Stored);
            }
            next++;
        }

        /// <summary>The write that made the system say this: the last that was answered, or one since whose answer is missing.</summary>
        private readonly int Explaining(Observation observation)
        {
            for (var index = next - 1; index > lastAnswered; index--)
                if (index >= firstOpen && (written[index].Says(observation.Value) || IsOwnForm(written[index], observation)))
                    return index;
            return heldBy != Nobody && (written[heldBy].Says(observation.Value) || IsOwnForm(written[heldBy], observation)) ? heldBy : Nobody;
        }

        private static bool IsOwnForm(HubWrite write, Observation observation) =>
            write.Spans(observation.At) && !(write.Unanswered && write.Form == OwnForm.Any) && write.Form.MayBe(write.Value, observation.Value);

        private void Explain(Observation observation, int write) =>
            (held, heldBy) = (observation.Value == written[write].Value ? written[write].Stored : observation.Value, write);

        private void Author(Observation observation)
        {
            if (held is not null || !observation.Value.IsBlank) // a field that never had a value was not cleared
                authored.Add(observation);
            (held, heldBy) = (observation.Value, Nobody);
            while (firstOpen < next && written[firstOpen].Until < observation.At)
                firstOpen++; // over by now: had it been stored, this edit would have replaced it
        }
    }
}
