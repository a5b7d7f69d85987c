using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Connectors;

/// <summary>A vendor the hub can talk to, as its connector describes itself.</summary>
/// <param name="Vendor">Its key in the configuration.</param>
/// <param name="Scopes">Permissions it needs, in the vendor's words.</param>
/// <param name="WebhookScheme">How the vendor signs its webhooks; absent when it has none.</param>
public sealed record ConnectorView(string Vendor, string Name, Uri Docs, string? WebhookScheme, IReadOnlyList<string> Scopes, IReadOnlyList<ObjectView> Objects, IReadOnlyList<LimitView> Limits, IReadOnlyList<SettingInfo> Settings)
{
    /// <summary>By which fields leads are given owners there, or why not.</summary>
    public required string Owners { get; init; }

    public static ConnectorView Of(ConnectorInfo info) => new(
        info.Vendor, info.DisplayName, info.Docs, info.WebhookScheme, info.Scopes,
        [.. info.Objects.Select(ObjectView.Of)],
        [.. info.Limits.Select(limit => new LimitView(limit.Scope, limit.Permits, limit.Window.TotalSeconds))],
        info.Settings)
    {
        Owners = info.OwnersInWords,
    };
}

/// <summary>One object type of a vendor.</summary>
/// <param name="ReadBatch">Records a read call may ask for.</param>
/// <param name="WriteBatch">Records a write call may carry.</param>
/// <param name="DatesFields">The vendor dates each field, not only the record.</param>
public sealed record ObjectView(string ObjectType, RecordKind Kind, int ReadBatch, int WriteBatch, bool CanCreate, bool CanDelete, bool DatesFields)
{
    /// <summary>What can be done here for a person who asks.</summary>
    public required PrivacyAbility Privacy { get; init; }

    public static ObjectView Of(ObjectInfo info) => new(info.ObjectType, info.Kind, info.ReadBatch, info.WriteBatch, info.CanCreate, info.CanDelete, info.DatesFields) { Privacy = info.Privacy };
}

/// <summary>A published limit: at most so many calls of a scope in any window.</summary>
public sealed record LimitView(string Scope, int Permits, double WindowSeconds);
