using StackHub.Audit.Planning;

namespace StackHub.Web.Audit;

/// <summary>What of a tool that somebody wants the stack does already.</summary>
/// <param name="Known">It is in the stack already.</param>
/// <param name="Covered">How much of what it is wanted for the stack does, 0 to 1, what is rare counting more.</param>
/// <param name="OnlyHere">Capabilities that no tool of the stack has.</param>
/// <param name="Rivals">Tools that do some of it, those that do most first.</param>
public sealed record SelectionView(string Tool, bool Known, double Covered, IReadOnlyList<string> OnlyHere, IReadOnlyList<RivalView> Rivals)
{
    public static SelectionView Of(Selection selection) => new(selection.Candidate.Id.Text, selection.IsKnown, selection.Covered, selection.OnlyHere,
        [.. selection.Rivals.Select(rival => new RivalView(rival.Tool.Text, rival.Overlap.Containment, rival.Overlap.Jaccard, rival.Shared, rival.FreeSeats))]);
}

/// <summary>A tool of the stack beside it.</summary>
/// <param name="FreeSeats">Seats of it that nobody uses; absent when that is not known.</param>
public sealed record RivalView(string Tool, double Containment, double Jaccard, IReadOnlyList<string> Shared, int? FreeSeats);
