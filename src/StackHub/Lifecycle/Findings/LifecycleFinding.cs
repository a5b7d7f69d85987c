using StackHub.Records;

namespace StackHub.Lifecycle.Findings;

public enum FindingKind
{
    /// <summary>A system's word that means no stage yet; it is replayed once it is mapped.</summary>
    UnmappedStage,

    /// <summary>An open opportunity in which nobody has a role, so that it moves nobody.</summary>
    NoContactRole,

    /// <summary>A system took a stage and does not show it.</summary>
    ProjectionRejected,

    /// <summary>An option of a system's stage field that means no stage; whoever chooses it there moves nobody.</summary>
    UnmappedOption,
}

/// <summary>Something about one record that a person has to mend.</summary>
/// <param name="Detail">A word of the system; nothing personal.</param>
public sealed record LifecycleFinding(FindingKind Kind, RecordId Record, string System, string Detail)
{
    public DateTimeOffset At { get; init; }

    /// <summary>The name in output: "unmapped_stage".</summary>
    public string Code => CodeOf(Kind);

    public static string CodeOf(FindingKind kind) => kind switch
    {
        FindingKind.UnmappedStage => "unmapped_stage",
        FindingKind.NoContactRole => "no_contact_role",
        FindingKind.UnmappedOption => "unmapped_option",
        _ => "projection_rejected",
    };
}
