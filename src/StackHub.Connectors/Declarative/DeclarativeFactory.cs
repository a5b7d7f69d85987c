using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Declarative;

/// <summary>Makes connectors of the vendor that a file describes.</summary>
internal sealed class DeclarativeFactory(VendorSpec spec) : IConnectorFactory
{
    /// <summary>Records taken at once by a vendor that is called for each of them.</summary>
    private const int OneByOne = 25;

    public ConnectorInfo Info { get; } = new()
    {
        Vendor = spec.Vendor,
        DisplayName = spec.DisplayName,
        Docs = spec.Docs,
        Scopes = spec.Scopes,
        Objects = [.. spec.Objects.Select(ObjectOf)],
        Limits = spec.Limits,
        Settings = DeclarativeSettings.Known(spec),
        DefaultMaps = [.. spec.Objects.Select(MapOf)],
        WebhookScheme = spec.Webhook?.Scheme,
    };

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => DeclarativeSettings.Problems(spec, settings);

    public IConnector Create(ConnectorContext context) => Create(context, transport: null);

    /// <param name="transport">What sends in the end, such as recorded answers; null is the network.</param>
    public IConnector Create(ConnectorContext context, HttpMessageHandler? transport) => new DeclarativeConnector(spec, Info, context, transport);

    private static ObjectInfo ObjectOf(ObjectSpec type)
    {
        var batch = (type.Upsert ?? type.Create)?.Batch ?? 1;
        return new(type.Name, type.Kind)
        {
            ReadBatch = DeclarativeReader.Batch,
            WriteBatch = Math.Max(batch, OneByOne),
            WritesOneByOne = batch == 1,
            CanCreate = type.Upsert is not null || type.Create is not null,
            CanDelete = type.Delete is not null,
            HubIdField = type.HubIdField,
            TimePrecision = type.Precision,
            IndexLag = type.Lag,
            Privacy = type.Kind == RecordKind.Person ? AbilityOf(type) : PrivacyAbility.NotOfPeople,
        };
    }

    /// <summary>What its sections make possible. Without an erasure of the vendor's own it is a person's work there.</summary>
    private static PrivacyAbility AbilityOf(ObjectSpec type) => new()
    {
        Erasure = type.Erase is null ? ErasureKind.Manual : ErasureKind.Delete,
        IsAsync = type.Erase?.Confirm is not null,
        ConfirmedBy = type.Erase switch
        {
            null => null,
            { Confirm.Status: null, Confirm: not null } => ErasureEvidence.Absence,
            _ => ErasureEvidence.Status,
        },
        GoneWithin = type.Erase?.GoneWithin,
        Source = type.Erase?.Source,
        TakesAlong = type.Erase?.TakesAlong,
        Stays = type.Erase?.Stays,
        Access = true,
        NotCovered = "whatever is not among its fields",
        Rectification = type.Update is not null || type.Upsert is not null,
        Consent = type.Consent is not null || type.Fields.Any(field => field is { Type: FieldType.Boolean, Canonical: not null, ReadOnly: false }),
    };

    private static ObjectMap MapOf(ObjectSpec type) => new(type.Name, type.Kind,
    [
        .. type.Fields.Where(field => field.Canonical is not null).Select(field => new FieldMap(field.Canonical!, field.Name) { Type = field.Type, Direction = field.ReadOnly ? MapDirection.In : MapDirection.Both }),
    ]);
}
