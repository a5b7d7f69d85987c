using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports.Formats;

/// <summary>Everybody at the identity provider; those who are disabled there have left.</summary>
public sealed class PeopleFormat : IImportFormat
{
    private static readonly string[] Left = ["disabled", "deprovisioned", "inactive", "suspended", "left", "terminated", "deleted", "deactivated"];
    private static readonly ImportColumn User = new("user", "email", "login", "user principal name", "userprincipalname", "username", "work email", "profile.email") { Required = true };
    private static readonly ImportColumn Status = new("status", "account status", "state", "employment status");
    private static readonly ImportColumn Enabled = new("enabled", "account enabled", "accountenabled", "active", "is active");
    private static readonly ImportColumn LeftOn = new("left", "left on", "end date", "termination date", "deactivated", "disabled on", "status changed");

    public ImportKind Kind => ImportKind.People;

    public IReadOnlyList<ImportColumn> Columns { get; } = [User, Status, Enabled, LeftOn];

    public void Take(ImportRow row, InventoryDraft draft)
    {
        var (user, status, enabled, day) = (UserId.Of(row.Text(User)), row.Text(Status), row.YesNo(Enabled), row.Day(LeftOn));
        if (row.Failed)
            return;
        var hasLeft = enabled == false || (status is not null ? Left.Contains(status, StringComparer.OrdinalIgnoreCase) : enabled is null && day <= draft.Today);
        if (hasLeft)
            draft.AddLeaver(new(user!.Value, day));
    }
}
