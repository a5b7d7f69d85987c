using System.Text.Json;

namespace StackHub.Sandbox.Vendors.Zendesk.Records;

/// <summary>An organization: its name is unique, whatever the case.</summary>
internal sealed class ZendeskOrganization(long id, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public DateTimeOffset? DeletedAt { get; set; }

    public string Name { get; set; } = "";

    public string? ExternalId { get; set; }

    public string? Notes { get; set; }

    public string? Details { get; set; }

    public List<string> Domains { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public Dictionary<string, JsonElement> Custom { get; set; } = [];

    public ZendeskOrganization Copy() => new(Id, CreatedAt)
    {
        UpdatedAt = UpdatedAt, DeletedAt = DeletedAt, Name = Name, ExternalId = ExternalId, Notes = Notes, Details = Details,
        Domains = [.. Domains], Tags = [.. Tags], Custom = new(Custom),
    };
}
