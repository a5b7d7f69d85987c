using System.Text.Json;

namespace StackHub.Sandbox.Vendors.Zendesk.Records;

/// <summary>An end user, agent or admin.</summary>
internal sealed class ZendeskUser(long id, DateTimeOffset createdAt)
{
    public const string EndUser = "end-user";

    public long Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public string Name { get; set; } = "";

    public string? ExternalId { get; set; }

    public string? Phone { get; set; }

    public string Role { get; set; } = EndUser;

    public long? OrganizationId { get; set; }

    public string? Notes { get; set; }

    public string? Details { get; set; }

    public bool Suspended { get; set; }

    /// <summary>False when deleted or merged into another one.</summary>
    public bool Active { get; set; } = true;

    public bool PermanentlyDeleted { get; set; }

    public DateTimeOffset? ErasureBegan { get; set; }

    public List<string> Tags { get; set; } = [];

    public Dictionary<string, JsonElement> Custom { get; set; } = [];

    public List<ZendeskIdentity> Identities { get; set; } = [];

    public string? Email => Identities.Find(identity => identity is { Type: "email", Primary: true })?.Value;

    public bool HasEmail(string address) =>
        Identities.Exists(identity => identity.Type == "email" && identity.Value.Equals(address, StringComparison.OrdinalIgnoreCase));

    public ZendeskUser Copy() => new(Id, CreatedAt)
    {
        UpdatedAt = UpdatedAt, Name = Name, ExternalId = ExternalId, Phone = Phone, Role = Role, OrganizationId = OrganizationId, Notes = Notes, Details = Details,
        Suspended = Suspended, Active = Active, PermanentlyDeleted = PermanentlyDeleted, ErasureBegan = ErasureBegan,
        Tags = [.. Tags], Custom = new(Custom), Identities = [.. Identities.Select(identity => identity with { })],
    };
}
