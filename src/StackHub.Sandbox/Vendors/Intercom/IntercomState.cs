using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Storage;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>The workspace's contacts, companies and attributes.</summary>
internal sealed class IntercomState
{
    private readonly Dictionary<string, List<IntercomContact>> byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IntercomContact> byExternalId = [];
    private readonly Sequence numbers = new(0x1000);

    public IntercomState(DateTimeOffset founded)
    {
        string[] contact = ["id:string", "role:string", "name:string", "email:string", "phone:string", "external_id:string", "owner_id:integer", "created_at:date", "updated_at:date", "signed_up_at:date", "last_seen_at:date", "unsubscribed_from_emails:boolean"];
        string[] company = ["name:string", "company_id:string", "plan:string", "size:integer", "website:string", "industry:string", "monthly_spend:float", "remote_created_at:date", "created_at:date", "updated_at:date"];
        foreach (var (model, fields) in new[] { ("contact", contact), ("company", company) })
        {
            foreach (var parts in fields.Select(field => field.Split(':')))
                Attributes.Add(new(0, model, parts[0], parts[1], founded) { IsCustom = false });
        }

        Define("contact", "stackhub_id", "string", founded);
        Define("contact", "newsletter", "boolean", founded);
        Define("contact", "lead_score", "integer", founded);
        Define("contact", "job_title", "string", founded);
        Define("contact", "contract_end", "date", founded);
        Define("company", "stackhub_id", "string", founded);
        Define("company", "tier", "string", founded);
    }

    public Dictionary<string, IntercomContact> Contacts { get; } = [];

    public Dictionary<string, IntercomCompany> Companies { get; } = [];

    public Dictionary<string, IntercomCompany> ByCompanyId { get; } = [];

    public List<DataAttribute> Attributes { get; } = [];

    public ModifiedIndex<IntercomContact> Modified { get; } = new(contact => contact.Number);

    public IndexLag<IntercomContact> Lag { get; } = new();

    /// <summary>Whole seconds, as updated_at has them.</summary>
    public static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    public (long Number, string Id) NextId()
    {
        var number = numbers.Next();
        return (number, $"6762f0{number:x18}");
    }

    public DataAttribute Define(string model, string name, string type, DateTimeOffset now)
    {
        var attribute = new DataAttribute(Attributes.Count + 1, model, name, type, now);
        Attributes.Add(attribute);
        return attribute;
    }

    public DataAttribute? Custom(string model, string name) =>
        Attributes.Find(attribute => attribute is { IsCustom: true, Archived: false } && attribute.Model == model && attribute.Name == name);

    public IEnumerable<IntercomContact> WithEmail(string email) => byEmail.GetValueOrDefault(email) ?? [];

    public IntercomContact? WithExternalId(string id) => byExternalId.GetValueOrDefault(id);

    public void Enter(IntercomContact contact)
    {
        Contacts[contact.Id] = contact;
        Modified.Put(contact, contact.UpdatedAt);
        if (contact.Email is { } email)
            (byEmail.TryGetValue(email, out var same) ? same : byEmail[email] = []).Add(contact);
        if (contact.ExternalId is { } externalId)
            byExternalId.TryAdd(externalId, contact);
    }

    public void Lift(IntercomContact contact)
    {
        if (contact.Email is { } email && byEmail.TryGetValue(email, out var same))
            same.Remove(contact);
        if (contact.ExternalId is { } externalId && byExternalId.GetValueOrDefault(externalId) == contact)
            byExternalId.Remove(externalId);
    }

    public void Remove(IntercomContact contact)
    {
        Lift(contact);
        Modified.Remove(contact);
        Contacts.Remove(contact.Id);
        foreach (var id in contact.Companies)
            Companies.GetValueOrDefault(id)?.Contacts.Remove(contact.Id);
    }

    public void Enter(IntercomCompany company)
    {
        Companies[company.Id] = company;
        ByCompanyId[company.CompanyId] = company;
    }

    public void Remove(IntercomCompany company)
    {
        Companies.Remove(company.Id);
        ByCompanyId.Remove(company.CompanyId);
        foreach (var id in company.Contacts)
            Contacts.GetValueOrDefault(id)?.Companies.Remove(company.Id);
    }
}
