using System.Collections.Immutable;

namespace StackHub.Security;

/// <summary>What a caller of the API and console may do. Every role of the company's own may read: nobody can decide on what they cannot see.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Runs, pauses, resumes, settles conflicts, replays dead letters.</summary>
    Operator,

    /// <summary>Handles privacy requests.</summary>
    PrivacyOfficer,

    /// <summary>Approves a system's first plan.</summary>
    Approver,

    /// <summary>Another company's system that hands requests in by OpenDSR: it sees its own, and reads nothing else.</summary>
    Controller,
}

/// <summary>The names roles have outside.</summary>
public static class RoleNames
{
    public static readonly ImmutableArray<Role> All = [Role.Viewer, Role.Operator, Role.PrivacyOfficer, Role.Approver, Role.Controller];

    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.PrivacyOfficer => "privacy-officer",
        Role.Controller => "controller",
        _ => "approver",
    };

    public static Role? Parse(string? name)
    {
        foreach (var role in All)
            if (string.Equals(Of(role), name, StringComparison.OrdinalIgnoreCase))
                return role;
        return null;
    }
}
