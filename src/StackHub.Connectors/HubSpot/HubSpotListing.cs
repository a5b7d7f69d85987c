using System.Text;

namespace StackHub.Connectors.HubSpot;

/// <summary>A page of the list endpoint.</summary>
internal sealed record HubSpotListing(IReadOnlyList<string> Properties, bool History, int Limit, string? After, bool Archived = false)
{
    public string Path(string root)
    {
        var path = new StringBuilder(root).Append("?limit=").Append(Limit);
        if (Archived)
            path.Append("&archived=true");
        foreach (var property in Properties)
            path.Append("&properties=").Append(Uri.EscapeDataString(property));
        foreach (var property in History ? Properties : [])
            path.Append("&propertiesWithHistory=").Append(Uri.EscapeDataString(property));
        if (After is not null)
            path.Append("&after=").Append(Uri.EscapeDataString(After));
        return path.ToString();
    }
}
