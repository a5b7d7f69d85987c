using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports.Formats;

/// <summary>Application assignments and logins of an identity provider: one row an account, or one a login.</summary>
public sealed class AccountsFormat : IImportFormat
{
    private static readonly string[] Ended = ["deprovisioned", "deleted", "removed", "revoked", "unassigned"];
    private static readonly ImportColumn User = new("user", "email", "user email", "login", "user principal name", "userprincipalname", "user name", "username", "actor.alternateid", "profile.email") { Required = true };
    private static readonly ImportColumn Application = new("tool", "app", "application", "app name", "application name", "app display name", "appdisplayname", "target.displayname", "label") { Required = true };
    private static readonly ImportColumn LastLogin = new("last login", "last sign in", "last used", "last activity", "last active", "last access", "signed in at", "timestamp", "published", "createddatetime", "date", "last login date");
    private static readonly ImportColumn Status = new("status", "assignment status", "state");

    public ImportKind Kind => ImportKind.Accounts;

    public IReadOnlyList<ImportColumn> Columns { get; } = [User, Application, LastLogin, Status];

    public void Take(ImportRow row, InventoryDraft draft)
    {
        var (user, application, login) = (UserId.Of(row.Text(User)), row.Text(Application), row.Day(LastLogin));
        if (login > draft.Today.PlusDays(1))
            row.Fail(LastLogin, "is in the future");
        if (row.Failed || (row.Text(Status) is { } status && Ended.Contains(status, StringComparer.OrdinalIgnoreCase)))
            return;
        var tool = draft.Tool(application!);
        tool.Sources |= ToolSources.SignOn;
        tool.SsoApp ??= application;
        draft.AddAccount(tool, user!.Value, login, row.Has(LastLogin));
    }
}
