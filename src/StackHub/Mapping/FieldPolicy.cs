using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Mapping;

/// <summary>How the systems' claims on one field are decided.</summary>
public enum PolicyKind
{
    /// <summary>The value authored last.</summary>
    MostRecent,

    /// <summary>The first listed system that authored a value; the others, by recency, only while it has none.</summary>
    SystemOfRecord,

    /// <summary>The value authored first, for ever (original source).</summary>
    First,

    /// <summary>The greatest current number, date or text.</summary>
    Max,

    /// <summary>All options that any system has.</summary>
    Union,

    /// <summary>"true" while any system says so: consent, where the most restrictive value wins.</summary>
    MostRestrictive,
}

/// <summary>The policy of one canonical field.</summary>
/// <param name="Systems">For <see cref="PolicyKind.SystemOfRecord"/>, in order of authority.</param>
/// <param name="BlankNeverWins">A cleared field never beats a filled one.</param>
public sealed record FieldPolicy(PolicyKind Kind, ImmutableArray<SystemId> Systems, bool BlankNeverWins = true)
{
    public static readonly FieldPolicy MostRecent = new(PolicyKind.MostRecent, []);

    public override string ToString() => Kind switch
    {
        PolicyKind.SystemOfRecord => $"system-of-record: [{string.Join(", ", Systems)}]",
        _ => PolicyNames.Of(Kind),
    } + (BlankNeverWins ? "" : ", blank may win");
}

/// <summary>The names policies have in configuration.</summary>
public static class PolicyNames
{
    public static string Of(PolicyKind kind) => kind switch
    {
        PolicyKind.MostRecent => "most-recent",
        PolicyKind.SystemOfRecord => "system-of-record",
        PolicyKind.First => "first",
        PolicyKind.Max => "max",
        PolicyKind.Union => "union",
        _ => "most-restrictive",
    };

    public static PolicyKind? Parse(string name)
    {
        foreach (var kind in Enum.GetValues<PolicyKind>())
            if (Of(kind) == name)
                return kind;
        return null;
    }
}
