namespace StackHub.Web.Shell;

/// <summary>A question before something that is hard to take back.</summary>
/// <param name="What">What will happen, a paragraph each.</param>
/// <param name="Action">Where the form goes, from "console/".</param>
/// <param name="Back">Where "cancel" goes, from "console/".</param>
public sealed record ConfirmModel(string Title, IReadOnlyList<string> What, string Action, string Button, string Back)
{
    /// <summary>Figures that help to decide.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>A line the person may write; null when none is asked for.</summary>
    public ConfirmInput? Input { get; init; }
}

/// <summary>A line of text that goes with a confirmation.</summary>
public sealed record ConfirmInput(string Name, string Label, int MaxLength, string Hint);
