using System.Globalization;
using System.Text.Json;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Fills the account from the truth.</summary>
internal sealed class ZendeskSeed(ZendeskState state)
{
    private const string Vendor = "zendesk";

    public void Sow(Truth truth)
    {
        foreach (var company in truth.Companies.Where(company => company.Names.ContainsKey(Vendor)))
            company.Ids[Vendor] = [Organization(company)];
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == Vendor))
                sighting.Id = User(truth, person, sighting);
        }
    }

    private string Organization(TrueCompany company)
    {
        var name = company.Names[Vendor][0];
        var organization = new ZendeskOrganization(state.NextId(), ZendeskState.Seconds(company.Created))
        {
            // Names are unique here: the second of a name was given a number by whoever made it.
            Name = state.OrganizationNamed(name) is null ? name : $"{name} ({company.Number})",
            UpdatedAt = ZendeskState.Seconds(company.Modified),
            Domains = company.Domain is null ? [] : [company.Domain],
        };
        state.Enter(organization);
        return organization.Id.ToString(CultureInfo.InvariantCulture);
    }

    private string User(Truth truth, TruePerson person, Sighting sighting)
    {
        var user = new ZendeskUser(state.NextId(), ZendeskState.Seconds(sighting.Created))
        {
            UpdatedAt = ZendeskState.Seconds(sighting.Modified),
            Name = $"{sighting.First} {sighting.Last}",
            ExternalId = $"app-{person.Number}",
            Phone = sighting.Phone,
            OrganizationId = truth.Companies[person.Company].IdIn(Vendor) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null,
            Tags = sighting.Newsletter ? ["newsletter"] : [],
        };
        // An address has one owner: of people who share a mailbox, the second is known without it.
        if (sighting.Email?.ToLowerInvariant() is { } email && state.WithEmail(email) is null && ZendeskFill.IsAddress(email))
            user.Identities.Add(new(state.NextId(), "email", email, user.CreatedAt) { Primary = true, Verified = true });
        if (sighting.Title is { } title)
            user.Custom["job_title"] = JsonSerializer.SerializeToElement(title);
        user.Custom["newsletter"] = JsonSerializer.SerializeToElement(sighting.Newsletter);
        state.Enter(user);
        return user.Id.ToString(CultureInfo.InvariantCulture);
    }
}
