using System.Collections.Frozen;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// HubSpot's webhooks: an array of events, not in order, each repeated until it is answered. Our own writes come back here too and are
/// passed on like any other: the hub knows them by their values.
/// </summary>
internal sealed class HubSpotWebhooks(SystemId system, HubSpotOptions options) : IWebhookReceiver
{
    private readonly string? secret = options.WebhookSecret;
    private readonly string? portal = options.PortalId;
    private readonly FrozenSet<string> versions = options.SignatureVersions;

    public WebhookReply Accepted { get; } = new(202);

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now) => HubSpotSignature.Verify(request, secret, versions, now);

    /// <summary>Only v3 signs a time; under the older ones HubSpot's own repeats look like replays.</summary>
    public string? ReplayKey(WebhookRequest request) => request.Headers.GetValueOrDefault(HubSpotSignature.V3Header);

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var events = Events(body);
        var ordered = events.Select((e, index) => (Event: e, Index: index))
            .Where(e => portal is null || e.Event.PortalId is null || e.Event.PortalId == portal)
            .OrderBy(e => e.Event.OccurredAt)
            .ThenBy(e => e.Event.SubscriptionType?.EndsWith(".creation", StringComparison.Ordinal) == true ? 0 : 1);
        return [.. ordered.SelectMany(e => Changes(e.Event, e.Index)).Distinct()];
    }

    private static List<HubSpotEvent> Events(ReadOnlyMemory<byte> body)
    {
        try
        {
            var events = JsonSerializer.Deserialize(body.Span, HubSpotJson.Default.Events) ?? throw new WebhookFormatException("The body is null instead of an array of events.");
            var hole = events.FindIndex(e => e is null);
            return hole < 0 ? events : throw new WebhookFormatException($"Event {hole} is null.");
        }
        catch (JsonException e) // its message may quote the body: only the place goes on
        {
            throw new WebhookFormatException($"The body is not an array of HubSpot events: line {e.LineNumber}, byte {e.BytePositionInLine}.");
        }
    }

    private IEnumerable<Change> Changes(HubSpotEvent e, int index)
    {
        var dot = e.SubscriptionType?.LastIndexOf('.') ?? -1;
        if (dot < 0)
            throw new WebhookFormatException($"Event {index} has no subscriptionType.");
        var (subject, kind) = (e.SubscriptionType![..dot], e.SubscriptionType[(dot + 1)..]);
        if (kind == "associationChange")
            return AssociationChange(e, index);
        return TypeOf(subject, e.ObjectTypeId) is { } type ? Changes(e, index, type, kind) : [];
    }

    private IEnumerable<Change> Changes(HubSpotEvent e, int index, HubSpotObject type, string kind) => kind switch
    {
        "propertyChange" => [Seen(e, index, type)],
        "creation" or "restore" => [new Change.Touched(Ref(type, Id(e.ObjectId, index)))],
        "deletion" => [new Change.Deleted(Ref(type, Id(e.ObjectId, index)), At(e, index))],
        "privacyDeletion" => [new Change.PrivacyDeleted(Ref(type, Id(e.ObjectId, index)), At(e, index))],
        "merge" => Merge(e, index, type),
        _ => [],
    };

    private Change.Seen Seen(HubSpotEvent e, int index, HubSpotObject type)
    {
        if (string.IsNullOrEmpty(e.PropertyName))
            throw new WebhookFormatException($"Event {index} is a property's change without propertyName.");
        var at = At(e, index);
        var fields = new Dictionary<string, ExternalValue> { [e.PropertyName] = new(HubSpotMapping.Text(e.PropertyName, e.PropertyValue), at) };
        return new(new ExternalRecord(Ref(type, Id(e.ObjectId, index)), at, fields));
    }

    /// <summary>Every id but the survivor's goes on as the survivor; that it has other values now is told by a read.</summary>
    private IEnumerable<Change> Merge(HubSpotEvent e, int index, HubSpotObject type)
    {
        var survivor = Ref(type, Id(e.NewObjectId ?? e.PrimaryObjectId ?? e.ObjectId, index));
        var at = At(e, index);
        return (e.MergedObjectIds ?? []).Select(id => IdOf(id, index))
            .Append(e.PrimaryObjectId)
            .OfType<string>()
            .Where(id => id != survivor.Id)
            .Distinct()
            .Select(Change (id) => new Change.Moved(Ref(type, id), survivor, at))
            .Append(new Change.Touched(survivor));
    }

    /// <summary>The record that holds the association as a field was touched, on whichever side of the event it is.</summary>
    private List<Change> AssociationChange(HubSpotEvent e, int index)
    {
        var sides = (e.AssociationType ?? "").Split("_TO_");
        var from = TypeOf(sides[0].ToLowerInvariant(), e.FromObjectTypeId);
        var to = TypeOf((sides.ElementAtOrDefault(1) ?? "").ToLowerInvariant(), e.ToObjectTypeId);
        if (from is null || to is null)
            return [];
        var touched = new List<Change>();
        if (from.Associations.Any(a => a.To == to.Name))
            touched.Add(new Change.Touched(Ref(from, Id(e.FromObjectId, index))));
        if (to.Associations.Any(a => a.To == from.Name))
            touched.Add(new Change.Touched(Ref(to, Id(e.ToObjectId, index))));
        return touched;
    }

    private static HubSpotObject? TypeOf(string subject, string? typeId) =>
        HubSpotObject.All.FirstOrDefault(o => o.Singular == subject || (typeId is not null && o.TypeId == typeId));

    private static DateTimeOffset At(HubSpotEvent e, int index) => e.OccurredAt is >= 0 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(e.OccurredAt.Value)
        : throw new WebhookFormatException($"Event {index} has no usable occurredAt.");

    private static string Id(string? id, int index) => !string.IsNullOrEmpty(id) ? id : throw new WebhookFormatException($"Event {index} has no object id.");

    private static string IdOf(JsonElement id, int index) => id.ValueKind switch
    {
        JsonValueKind.Number => id.GetRawText(),
        JsonValueKind.String => Id(id.GetString(), index),
        _ => throw new WebhookFormatException($"Event {index} has a merged id that is neither number nor text."),
    };

    private ExternalRef Ref(HubSpotObject type, string id) => new(system, type.Name, id);
}
