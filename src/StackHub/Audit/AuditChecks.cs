using System.Collections.Immutable;
using StackHub.Audit.Checks;

namespace StackHub.Audit;

/// <summary>All checks, in the order reports explain them.</summary>
public static class AuditChecks
{
    public static readonly ImmutableArray<IAuditCheck> All =
    [
        new DuplicateTools(),
        new NoLogin(),
        new NothingMoved(),
        new NobodyReads(),
        new WritesNothingBack(),
        new SeatsOfLeavers(),
        new PaidAndUnseen(),
        new ConnectedWithoutInvoice(),
        new RenewalOfUnused(),
        new UnusedSeats(),
        new RenewalDue(),
        new NoOwner(),
        new OwnerLeft(),
        new ShadowTool(),
        new ShadowTraffic(),
        new PersonalDataUncovered(),
        new FieldWithoutPurpose(),
        new ErasureNotReady(),
        new DrillDue(),
        new OldCredential(),
        new IntegrationTrouble(),
        new CallsNearlyUsed(),
        new PoorHealth(),
        new SourceRejected(),
    ];

    /// <summary>What all checks find, each thing once; what nobody owns is for whom the settings name.</summary>
    public static IEnumerable<Finding> Find(AuditView view) => All.SelectMany(check => check.Find(view)).DistinctBy(finding => finding.Id)
        .Select(finding => finding.Owner is null && view.Settings.Owner is { } owner ? finding with { Owner = owner } : finding);
}
