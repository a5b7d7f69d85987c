namespace StackHub.Connectors.HubSpot;

/// <summary>The same resources under the classic (/crm/v3/objects) and the dated (/crm/objects/2026-03) path style.</summary>
internal sealed class HubSpotPaths(string version)
{
    private readonly bool classic = version.StartsWith('v');

    public string Object(HubSpotObject type, string rest = "") => (classic ? $"/crm/{version}/objects/" : $"/crm/objects/{version}/") + type.Name + rest;

    public string Properties(HubSpotObject type, string rest = "") => (classic ? $"/crm/{version}/properties/" : $"/crm/properties/{version}/") + type.Name + rest;

    public string Owners(string? after) => (classic ? $"/crm/{version}/owners" : $"/crm/owners/{version}") + "?limit=100" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");

    /// <summary>Associations are of version 4 in the classic style.</summary>
    public string Associations(HubSpotAssociation link, string rest) => (classic ? "/crm/v4/associations/" : $"/crm/associations/{version}/") + $"{link.From}/{link.To}{rest}";
}
