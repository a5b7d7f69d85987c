namespace StackHub.Connecting;

/// <summary>A connector that can tell which stages its system knows, as the people there have set them up: never a list of its own.</summary>
public interface IStageOptions
{
    /// <summary>In the order of the system, each with the vendor's field it is an option of.</summary>
    Task<IReadOnlyList<StageOption>> StagesAsync(CancellationToken cancellationToken);
}

/// <summary>One option of a vendor's stage field.</summary>
/// <param name="Label">As people there see it.</param>
public sealed record StageOption(string VendorField, string Value, string Label)
{
    /// <summary>The vendor's own flag says that it means a conversion; there may be several.</summary>
    public bool IsConverted { get; init; }

    public bool IsClosed { get; init; }

    public bool IsWon { get; init; }
}
