using StackHub.Connecting;
using StackHub.Records;
using StackHub.Testing.Sync;

namespace StackHub.Testing.Privacy;

/// <summary>What fake systems that are named after vendors say of erasures in them, much as those vendors do.</summary>
internal static class NamedVendors
{
    private static readonly Dictionary<string, (SystemRole Role, PrivacyAbility Ability)> Known = new()
    {
        ["salesforce"] = (SystemRole.Crm, Within(TimeSpan.FromDays(1))),
        ["hubspot"] = (SystemRole.Crm, Within(TimeSpan.FromDays(30))),
        ["marketo"] = (SystemRole.Marketing, Within(TimeSpan.FromHours(1))),
        ["klaviyo"] = (SystemRole.Marketing, Within(TimeSpan.FromDays(1))),
        ["zendesk"] = (SystemRole.Service, Within(TimeSpan.FromDays(30))),
        ["intercom"] = (SystemRole.Service, Within(TimeSpan.FromDays(7)) with { ReturnsWithin = TimeSpan.FromDays(7) }),
        ["freshdesk"] = (SystemRole.Service, Within(TimeSpan.FromDays(1)) with { TakesAlong = "all tickets, calls and notes of the contact", IsWide = true }),
    };

    public static ConnectorInfo InfoOf(string vendor) => Known.TryGetValue(vendor, out var known)
        ? FakeSystem.FakeInfo with { Vendor = vendor, Role = known.Role, Objects = [.. FakeSystem.FakeInfo.Objects.Select(type => type.Kind == RecordKind.Person ? type with { Privacy = known.Ability } : type)] }
        : FakeSystem.FakeInfo with { Vendor = vendor };

    private static PrivacyAbility Within(TimeSpan time) => new() { Erasure = ErasureKind.Delete, ConfirmedBy = ErasureEvidence.Status, GoneWithin = time };
}
