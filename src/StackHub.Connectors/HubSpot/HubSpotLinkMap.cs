using System.Collections.Concurrent;

namespace StackHub.Connectors.HubSpot;

/// <summary>Associations as the hub's text: one id, or "id" and "id:role" joined by ';' in ordinal order.</summary>
internal sealed class HubSpotLinkMap(IReadOnlyDictionary<string, int> configured)
{
    private const string Own = "HUBSPOT_DEFINED";
    private const string Custom = "USER_DEFINED";

    // Labels are learned from what is read, beside those of the settings.
    private readonly ConcurrentDictionary<string, int> roles = new(configured, StringComparer.OrdinalIgnoreCase);

    /// <summary>The field's value. For a single reference: the primary one, else the only one; several without a primary say nothing.</summary>
    public string? Text(HubSpotAssociation link, IReadOnlyList<HubSpotLink> links) => link.Many ? All(links) : Single(link, links)?.ToObjectId;

    public static HubSpotLink? Single(HubSpotAssociation link, IReadOnlyList<HubSpotLink> links) =>
        links.FirstOrDefault(l => l.AssociationTypes.Any(t => t.Category == Own && t.TypeId == link.TypeId)) ?? (links.Count == 1 ? links[0] : null);

    public string? RoleOf(HubSpotLink link)
    {
        var label = link.AssociationTypes.FirstOrDefault(t => t.Category == Custom && t.Label is not null);
        if (label is null)
            return null;
        roles.TryAdd(label.Label!, label.TypeId);
        return label.Label;
    }

    /// <summary>
    /// The types to write for a role: the plain association beside the label, so that it stays when the label is taken off. A role HubSpot
    /// has no label for is written as the plain association only.
    /// </summary>
    public IReadOnlyList<HubSpotLinkType> TypesOf(HubSpotAssociation link, string? role) =>
        role is not null && roles.TryGetValue(role, out var id) ? [new(Own, link.TypeId), new(Custom, id)] : [new(Own, link.TypeId)];

    /// <summary>The label's type, to take it off again.</summary>
    public HubSpotLinkType? LabelOf(string? role) => role is not null && roles.TryGetValue(role, out var id) ? new(Custom, id) : null;

    public bool Knows(string? role) => role is null || roles.ContainsKey(role);

    /// <summary>Ids and roles of the hub's text.</summary>
    public static Dictionary<string, string?> Parse(HubSpotAssociation link, string? text)
    {
        if (text is null)
            return [];
        if (!link.Many)
            return new() { [text] = null };
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':', 2));
        var parsed = new Dictionary<string, string?>();
        foreach (var part in parts)
            parsed[part[0]] = part.Length == 2 ? part[1] : null;
        return parsed;
    }

    public static string? Join(IEnumerable<KeyValuePair<string, string?>> links)
    {
        var parts = links.Select(l => l.Value is null ? l.Key : $"{l.Key}:{l.Value}").Order(StringComparer.Ordinal);
        var text = string.Join(';', parts);
        return text.Length == 0 ? null : text;
    }

    private string? All(IReadOnlyList<HubSpotLink> links) =>
        Join(links.Select(l => KeyValuePair.Create(l.ToObjectId, RoleOf(l))));
}
