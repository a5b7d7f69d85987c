using System.Collections.Frozen;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// What a connector says of itself: it feeds the console, `connectors list`, the stack audit, the limiter and the README table.
/// </summary>
public sealed record ConnectorInfo
{
    /// <summary>Lower-case vendor key used in configuration: "salesforce".</summary>
    public required string Vendor { get; init; }

    public required string DisplayName { get; init; }

    public required Uri Docs { get; init; }

    /// <summary>OAuth scopes or permissions the connector needs, in the vendor's words.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Object types in the order of dependence: what others refer to comes first (accounts, people, opportunities).</summary>
    public required IReadOnlyList<ObjectInfo> Objects { get; init; }

    public required IReadOnlyList<RateLimit> Limits { get; init; }

    /// <summary>Names of the settings the connector reads, with what each is for; secrets are marked.</summary>
    public required IReadOnlyList<SettingInfo> Settings { get; init; }

    /// <summary>The maps a system has unless its configuration says otherwise.</summary>
    public required IReadOnlyList<ObjectMap> DefaultMaps { get; init; }

    /// <summary>By object type the vendor field with the id of the user or queue that owns a record; empty where the tool knows no owners.</summary>
    public IReadOnlyDictionary<string, string> OwnerFields { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Why the tool's people and accounts are given no owner, where it has none or lets nobody set one; null where <see cref="OwnerFields"/> says it all.</summary>
    public string? OwnersNote { get; init; }

    /// <summary>What the tool knows of owners, in words.</summary>
    public string OwnersInWords => OwnerFields.Count > 0
        ? string.Join(", ", OwnerFields.OrderBy(owner => owner.Key, StringComparer.Ordinal).Select(owner => $"{owner.Key} by {owner.Value}")) + (OwnersNote is { } note ? $"; {note}" : "")
        : OwnersNote ?? "none that the connector knows of; map the field 'owner' under objects where the tool has one";

    /// <summary>Where the tool stands in the flow of people's data; null where it follows from its objects.</summary>
    public SystemRole? Role { get; init; }

    /// <summary>How the vendor signs its webhooks, in a few words; null when it has none.</summary>
    public string? WebhookScheme { get; init; }
}

/// <summary>One object type of a vendor.</summary>
public sealed record ObjectInfo(string ObjectType, RecordKind Kind)
{
    /// <summary>Records a read call may ask for by id.</summary>
    public required int ReadBatch { get; init; }

    /// <summary>Records a write call may carry; 1 when the vendor writes one by one.</summary>
    public required int WriteBatch { get; init; }

    /// <summary>The connector takes <see cref="WriteBatch"/> records at once, but the vendor is called for each of them.</summary>
    public bool WritesOneByOne { get; init; }

    /// <summary>False for a type the hub updates but never creates.</summary>
    public bool CanCreate { get; init; } = true;

    public bool CanDelete { get; init; } = true;

    /// <summary>
    /// True when sending the same create twice makes one record (an upsert by a unique key). Where it is false, a create whose answer was
    /// lost is looked up before it is sent again.
    /// </summary>
    public bool CreateIsIdempotent { get; init; } = true;

    /// <summary>The vendor field in which a create leaves the hub's own id; null when the type has none.</summary>
    public string? HubIdField { get; init; }

    /// <summary>The address at which a person opens a record of the type, with "{id}" for its id; null when it is not known.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The unit in which the vendor dates a change (one second at Salesforce and Intercom).</summary>
    public TimeSpan TimePrecision { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a change may take to show in the feed; the cursor stays this far behind the vendor's clock.</summary>
    public TimeSpan IndexLag { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What can be done here for a person who asks.</summary>
    public PrivacyAbility Privacy { get; init; } = PrivacyAbility.NotOfPeople;

    /// <summary>What dates a value: the field (property history) or only the record.</summary>
    public bool DatesFields { get; init; }
}

/// <summary>
/// A published limit: at most <paramref name="Permits"/> calls in any <paramref name="Window"/>.
/// <paramref name="Scope"/> names which calls it counts ("*" all, "search" only those the connector sends under that name).
/// </summary>
public sealed record RateLimit(string Scope, int Permits, TimeSpan Window);

public sealed record SettingInfo(string Name, string Purpose, bool Secret = false, bool Required = false, string? Default = null);
