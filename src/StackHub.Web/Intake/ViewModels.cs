namespace StackHub.Web.Intake;

/// <summary>Showing again who one is, to look at a request or to download a package.</summary>
/// <param name="Reference">As far as it is known.</param>
/// <param name="Link">The package's link; null for looking.</param>
/// <param name="Sent">A code was asked for just now.</param>
public sealed record ShowCodeModel(string? Reference, string? Link, bool Sent)
{
    public string? Problem { get; init; }

    public override string ToString() => "[code]";
}

/// <summary>A request as the person sees it.</summary>
/// <param name="Words">How far it is.</param>
/// <param name="AnswerBy">When the law has it answered at the latest; null under no law.</param>
public sealed record PersonModel(string Reference, string Kind, string State, DateOnly Received, DateOnly? AnswerBy, string Words)
{
    public string? Denied { get; init; }

    public string? Appeal { get; init; }

    /// <summary>Lets the person appeal for some minutes; null where there is nothing to appeal.</summary>
    public string? AppealPass { get; init; }

    /// <summary>What came of an appeal; null while none was answered.</summary>
    public string? Appealed { get; init; }

    /// <summary>Opens the package for some minutes; null without one.</summary>
    public string? Pass { get; init; }

    public string? Receipt { get; init; }

    /// <summary>Opens the receipt's commitments: the person's to keep.</summary>
    public string? Secret { get; init; }

    public override string ToString() => $"request {Reference}";
}
