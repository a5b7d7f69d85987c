using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Storage;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>The account's users, organizations and custom fields.</summary>
internal sealed class ZendeskState
{
    private readonly Dictionary<string, ZendeskUser> byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ZendeskUser> byExternalId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Sequence numbers = new(360_000_000_000);

    public ZendeskState(DateTimeOffset founded)
    {
        Define(UserFields, "job_title", "text", founded);
        Define(UserFields, "newsletter", "checkbox", founded);
        Define(UserFields, "contract_end", "date", founded);
        Define(OrganizationFields, "tier", "text", founded);
    }

    public SortedDictionary<long, ZendeskUser> Users { get; } = [];

    public SortedDictionary<long, ZendeskOrganization> Organizations { get; } = [];

    public List<ZendeskField> UserFields { get; } = [];

    public List<ZendeskField> OrganizationFields { get; } = [];

    public ModifiedIndex<ZendeskUser> ModifiedUsers { get; } = new(user => user.Id);

    public ModifiedIndex<ZendeskOrganization> ModifiedOrganizations { get; } = new(organization => organization.Id);

    public IndexLag<ZendeskUser> UserLag { get; } = new();

    public IndexLag<ZendeskOrganization> OrganizationLag { get; } = new();

    /// <summary>Whole seconds, as updated_at has them.</summary>
    public static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    public long NextId() => numbers.Next();

    public ZendeskField Define(List<ZendeskField> fields, string key, string type, DateTimeOffset now, string? title = null)
    {
        var field = new ZendeskField(NextId(), key, type, title ?? key, now);
        fields.Add(field);
        return field;
    }

    public ZendeskUser? WithEmail(string address) => byEmail.GetValueOrDefault(address);

    public ZendeskUser? WithExternalId(string id) => byExternalId.GetValueOrDefault(id);

    public ZendeskOrganization? OrganizationWithExternalId(string id) =>
        Organizations.Values.FirstOrDefault(one => one.DeletedAt is null && id.Equals(one.ExternalId, StringComparison.OrdinalIgnoreCase));

    public ZendeskOrganization? OrganizationNamed(string name) =>
        Organizations.Values.FirstOrDefault(one => one.DeletedAt is null && name.Equals(one.Name, StringComparison.OrdinalIgnoreCase));

    public ZendeskOrganization? OrganizationOfDomain(string domain) =>
        Organizations.Values.FirstOrDefault(one => one.DeletedAt is null && one.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));

    /// <summary>Puts the user, as it is now, into every index.</summary>
    public void Enter(ZendeskUser user)
    {
        Lift(user.Id);
        Users[user.Id] = user;
        ModifiedUsers.Put(user, user.UpdatedAt);
        foreach (var identity in user.Identities.Where(identity => identity.Type == "email"))
            byEmail[identity.Value] = user;
        if (user.ExternalId is { } externalId)
            byExternalId[externalId] = user;
    }

    public void Enter(ZendeskOrganization organization)
    {
        Organizations[organization.Id] = organization;
        ModifiedOrganizations.Put(organization, organization.UpdatedAt);
    }

    /// <summary>Takes the addresses and the external id the user had out of the indexes.</summary>
    private void Lift(long id)
    {
        if (!Users.TryGetValue(id, out var before))
            return;
        foreach (var identity in before.Identities.Where(identity => byEmail.GetValueOrDefault(identity.Value) == before))
            byEmail.Remove(identity.Value);
        if (before.ExternalId is { } externalId && byExternalId.GetValueOrDefault(externalId) == before)
            byExternalId.Remove(externalId);
    }
}
