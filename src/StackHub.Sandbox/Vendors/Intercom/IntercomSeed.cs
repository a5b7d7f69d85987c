using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Fills the workspace from the truth.</summary>
internal sealed class IntercomSeed(IntercomState state)
{
    private const string Vendor = "intercom";

    public void Sow(Truth truth)
    {
        foreach (var company in truth.Companies.Where(company => company.Names.ContainsKey(Vendor)))
            company.Ids[Vendor] = [Company(company, company.Names[Vendor][0])];
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == Vendor))
                Sow(truth, person, sighting);
        }
    }

    private string Company(TrueCompany company, string name)
    {
        var (number, id) = state.NextId();
        var made = new IntercomCompany(number, id, $"co-{company.Number}", IntercomState.Seconds(company.Created))
        {
            Name = name,
            Website = company.Domain is null ? null : $"https://{company.Domain}",
            UpdatedAt = IntercomState.Seconds(company.Modified),
        };
        state.Enter(made);
        return id;
    }

    private void Sow(Truth truth, TruePerson person, Sighting sighting)
    {
        // Users have an address once: of people who share a mailbox, the second one is a lead.
        var isTaken = sighting.Email is { } email && state.WithEmail(email).Any(other => other.Role == "user");
        var role = isTaken ? "lead" : sighting.Type;
        var (number, id) = state.NextId();
        var contact = new IntercomContact(number, id, IntercomState.Seconds(sighting.Created))
        {
            UpdatedAt = IntercomState.Seconds(sighting.Modified),
            Role = role,
            ExternalId = role == "user" ? $"app-{person.Number}" : null,
            Email = sighting.Email,
            Phone = sighting.Phone,
            Name = $"{sighting.First} {sighting.Last}",
            Unsubscribed = sighting.OptedOut,
            SignedUpAt = sighting.Created.ToUnixTimeSeconds(),
            Custom = new() { ["newsletter"] = sighting.Newsletter, ["lead_score"] = (long)sighting.Score, ["job_title"] = sighting.Title },
        };
        sighting.Id = id;
        if (truth.Companies[person.Company].IdIn(Vendor) is { } company)
        {
            contact.Companies.Add(company);
            state.Companies[company].Contacts.Add(id);
        }

        state.Enter(contact);
    }
}
