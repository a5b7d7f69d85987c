using System.Globalization;
using System.Net.Http.Headers;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.HubSpot;

/// <summary>Describes HubSpot and makes its connectors.</summary>
internal sealed class HubSpotFactory : IConnectorFactory
{
    /// <summary>Records in a batch call (https://developers.hubspot.com/docs/guides/api/crm/objects/contacts#limits).</summary>
    public const int Batch = 100;

    /// <summary>What sends in the end; tests put a fake here.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public ConnectorInfo Info { get; } = new()
    {
        Vendor = "hubspot",
        DisplayName = "HubSpot",
        Role = SystemRole.Crm,
        Docs = new Uri("https://developers.hubspot.com/docs/api/overview"),
        Scopes =
        [
            "crm.objects.companies.read", "crm.objects.companies.write", "crm.objects.contacts.read", "crm.objects.contacts.write",
            "crm.objects.deals.read", "crm.objects.deals.write", "crm.schemas.companies.read", "crm.schemas.companies.write",
            "crm.schemas.contacts.read", "crm.schemas.contacts.write", "crm.schemas.deals.read", "crm.schemas.deals.write",
            "communication_preferences.read_write", "communication_preferences.statuses.batch.write",
        ],
        Objects = [.. HubSpotObject.All.Select(o => new ObjectInfo(o.Name, o.Kind)
        {
            ReadBatch = Batch,
            WriteBatch = Batch,
            DatesFields = true,
            HubIdField = "stackhub_id",
            Privacy = o == HubSpotObject.Contacts ? HubSpotErasure.Ability : PrivacyAbility.NotOfPeople,
            IndexLag = TimeSpan.FromMinutes(1), // search is wrong for very recent data; the hub measures and widens it
        })],
        Limits = [new("*", 190, TimeSpan.FromSeconds(10)), new("search", 4, TimeSpan.FromSeconds(1))],
        Settings = HubSpotOptions.Settings,
        DefaultMaps = HubSpotMaps.Default,
        OwnerFields = HubSpotMaps.Default.ToDictionary(map => map.ObjectType, _ => "hubspot_owner_id"),
        WebhookScheme = "HMAC-SHA256 of method, address, body and time (v3)",
    };

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => HubSpotOptions.Problems(settings);

    public IConnector Create(ConnectorContext context)
    {
        var options = new HubSpotOptions(context.Settings);
        var http = new VendorHttp(context, new VendorHttpOptions(options.BaseUrl, options.Auth) { WaitOf = WaitOf, Transport = Transport });
        var info = Info with
        {
            Objects = [.. Info.Objects.Select(type => type with { PageUrl = PageUrl(options, HubSpotObject.Of(type.ObjectType)) })],
            Limits = [new("*", options.RatePermits, TimeSpan.FromSeconds(10)), new("search", options.SearchPermits, TimeSpan.FromSeconds(1))],
        };
        return new HubSpotConnector(context, info, http, options);
    }

    /// <summary>HubSpot sends a person on from here to the account's own region.</summary>
    private static string? PageUrl(HubSpotOptions options, HubSpotObject type) =>
        options.PortalId is { } portal ? $"https://app.hubspot.com/contacts/{portal}/record/{type.TypeId}/{{id}}" : null;

    /// <summary>HubSpot's 429 has no Retry-After: with the day's calls used up it is pointless to come back within the hour, else its window is ten seconds.</summary>
    private static TimeSpan? WaitOf(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(headers, "X-HubSpot-RateLimit-Daily-Remaining") == 0)
            return TimeSpan.FromHours(1);
        return Number(headers, "X-HubSpot-RateLimit-Interval-Milliseconds") is { } window ? TimeSpan.FromMilliseconds(window) : null;
    }

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
