using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>What a connector says of erasures in its tool (<see cref="PrivacyAbility"/>), as the engine reckons with it.</summary>
/// <param name="Gone">The longest the vendor takes, from its taking the request to the person's absence everywhere in it.</param>
/// <param name="Quiet">How long after absence the record is read once more.</param>
/// <param name="TakesAlong">What else one erasure takes with it; null when it is the record alone.</param>
/// <param name="IsWide">It takes what is not the person's alone.</param>
public sealed record VendorErasure(SystemRole Role, TimeSpan Gone, TimeSpan Quiet, string? TakesAlong = null, bool IsWide = false)
{
    /// <summary>Whether the vendor names that time.</summary>
    public bool IsSaid { get; init; } = true;

    /// <summary>What a vendor that names no time is given before it counts as late.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromDays(1);

    /// <summary>A tool with opportunities is a source, unless it says otherwise; of several objects of people, the slowest counts.</summary>
    public static VendorErasure Of(ConnectorInfo info)
    {
        PrivacyAbility[] people = [.. info.Objects.Where(type => type.Kind == RecordKind.Person).Select(type => type.Privacy)];
        var along = people.Select(ability => ability.TakesAlong).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return new(
            info.Role ?? (info.Objects.Any(type => type.Kind == RecordKind.Opportunity) ? SystemRole.Crm : SystemRole.Service),
            people.Select(ability => ability.GoneWithin ?? Unsaid).DefaultIfEmpty(Unsaid).Max(),
            people.Select(ability => ability.ReturnsWithin).DefaultIfEmpty(Unsaid).Max(),
            along.Length == 0 ? null : string.Join("; ", along),
            people.Any(ability => ability.IsWide))
        {
            IsSaid = people.Length > 0 && people.All(ability => ability.GoneWithin is not null),
        };
    }
}
