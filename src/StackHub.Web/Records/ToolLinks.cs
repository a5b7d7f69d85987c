using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>Where a person opens a vendor's record, as its connector says.</summary>
public sealed class ToolLinks(ConnectorSet connectors)
{
    /// <summary>Null when the connector cannot say.</summary>
    public Uri? Of(ExternalRef reference)
    {
        var template = connectors.Find(reference.System)?.Info.Objects.FirstOrDefault(type => type.ObjectType == reference.ObjectType)?.PageUrl;
        return Uri.TryCreate(template?.Replace("{id}", Uri.EscapeDataString(reference.Id), StringComparison.Ordinal), UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;
    }
}
