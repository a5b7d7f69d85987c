namespace StackHub.Permissions;

/// <summary>What the file says of privacy.</summary>
/// <param name="AskAgainMonths">Who opted out is not asked to opt in again before so many months.</param>
public sealed record PrivacySettings(PurposeSet Purposes, int AskAgainMonths)
{
    /// <summary>The CCPA's twelve months (Civ. Code 1798.135(c)(4)); a file may only ask for more.</summary>
    public const int LeastAskAgainMonths = 12;

    public static readonly PrivacySettings Default = new(PurposeSet.None, LeastAskAgainMonths);

    public IntakeSettings Intake { get; init; } = new();

    /// <summary>Null: whoever handles requests hands codes over and looks for alarms themselves.</summary>
    public NotifySettings? Notify { get; init; }

    /// <summary>Whether officers may bring codes to people: where nothing is said, only while nothing else does.</summary>
    public bool CodesByHand => Intake.CodesByHand ?? Notify is null;

    /// <summary>Null: other companies' systems cannot hand requests in.</summary>
    public OpenDsrSettings? OpenDsr { get; init; }
}
