using System.Globalization;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>Fills the portal from the truth, with property histories that fit the dates.</summary>
internal sealed class HubSpotSeed(HubSpotState state, HubSpotWrites writes)
{
    private const string Vendor = "hubspot";
    private static readonly string[] Tiers = ["gold", "silver", "bronze"];

    public void Sow(Truth truth)
    {
        foreach (var company in truth.Companies.Where(company => company.Names.ContainsKey(Vendor)))
            company.Ids[Vendor] = [.. company.Names[Vendor].Select(name => Company(company, name))];
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == Vendor))
                Sow(truth, person, sighting);
        }

        foreach (var deal in truth.Deals)
            Sow(truth, deal);
    }

    private string Company(TrueCompany company, string name) => writes.Load(HubSpotType.Companies, company.Created, company.Modified,
    [
        ("name", At(company.Modified, name)), .. Given("domain", company.Created, company.Domain), ("tier", At(company.Created, Tiers[company.Number % 3])),
        ("hubspot_owner_id", At(company.Created, Owner(company.Number))), ("lifecyclestage", At(company.Created, "opportunity")),
    ]).IdText;

    private void Sow(Truth truth, TruePerson person, Sighting sighting)
    {
        // HubSpot holds each address once: of people who share a mailbox, one has it.
        var email = sighting.Email?.ToLowerInvariant();
        if (email is not null && state.Contacts.FindUnique("email", email) is not null)
            email = null;
        var record = writes.Load(HubSpotType.Contacts, sighting.Created, sighting.Modified,
        [
            .. Given("email", sighting.Created, email), ("firstname", At(sighting.Created, sighting.First)), ("lastname", At(sighting.Created, sighting.Last)),
            .. Given("phone", sighting.Modified, sighting.Phone), ("jobtitle", Titles(sighting)),
            ("lifecyclestage", At(sighting.Created, person.Number % 3 == 0 ? "customer" : "lead")), ("hubspot_owner_id", At(sighting.Created, Owner(person.Number))),
            ("newsletter", At(sighting.Created, sighting.Newsletter ? "true" : "false")), ("lead_score", At(sighting.Modified, sighting.Score.ToString())),
        ]);
        sighting.Id = record.IdText;
        if (sighting.OptedOut && email is not null)
        {
            state.Consents.LeaveEverything(email, sighting.Modified);
            record.Set("hs_email_optout", new("true", sighting.Modified, ChangeSource.Person));
        }

        if (truth.Companies[person.Company].IdIn(Vendor) is { } company)
            writes.Link(record, state.Table(HubSpotType.Companies).Find(company)!, [279], ChangeSource.Person);
    }

    private static PropertyVersion[] Titles(Sighting sighting) => sighting.EarlierTitle is { } earlier && earlier != sighting.Title
        ? [new(sighting.Title!, sighting.Modified, ChangeSource.Person), new(earlier, sighting.Created, ChangeSource.Import)]
        : At(sighting.Created, sighting.Title!);

    private void Sow(Truth truth, TrueDeal deal)
    {
        if (deal.Number % 3 == 0 || truth.Companies[deal.Company].IdIn(Vendor) is not { } company)
            return;
        var created = deal.Modified.AddDays(-30);
        var record = writes.Load(HubSpotType.Deals, created, deal.Modified,
        [
            ("dealname", At(created, deal.Name)), ("pipeline", At(created, "default")), ("dealstage", At(deal.Modified, deal.IsWon ? "closedwon" : "qualifiedtobuy")),
            ("hs_is_closed", At(deal.Modified, deal.IsWon ? "true" : "false")), ("hs_is_closed_won", At(deal.Modified, deal.IsWon ? "true" : "false")),
            ("amount", At(created, deal.Amount.ToString("0", CultureInfo.InvariantCulture))),
            ("closedate", At(created, deal.CloseDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00.000Z")), ("hubspot_owner_id", At(created, Owner(deal.Number))),
        ]);
        deal.Ids[Vendor] = record.IdText;
        writes.Link(record, state.Table(HubSpotType.Companies).Find(company)!, [341], ChangeSource.Person);
        if (truth.People[deal.Person].Ids(Vendor).FirstOrDefault() is { } buyer)
            writes.Link(record, state.Contacts.Find(buyer)!, [3], ChangeSource.Person);
    }

    private string Owner(int number) => state.Owners[number % state.Owners.Count].Id;

    private static PropertyVersion[] At(DateTimeOffset time, string value) => [new(value, time, ChangeSource.Import)];

    private static (string, PropertyVersion[])[] Given(string name, DateTimeOffset time, string? value) => value is null ? [] : [(name, At(time, value))];
}
