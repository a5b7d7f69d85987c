using StackHub.Sandbox.Seeding;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Fills the org from the truth.</summary>
internal sealed class SalesforceSeed(SalesforceState state)
{
    private const string Vendor = "salesforce";
    private static readonly string[] Tiers = ["Gold", "Silver", "Bronze"];

    public void Sow(Truth truth)
    {
        foreach (var company in truth.Companies.Where(company => company.Names.ContainsKey(Vendor)))
            company.Ids[Vendor] = [.. company.Names[Vendor].Select(name => Account(company, name))];
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == Vendor))
                Sow(truth, person, sighting);
        }

        foreach (var deal in truth.Deals)
            Sow(truth, deal);
    }

    private string Account(TrueCompany company, string name) => state.Load("Account", company.Created, company.Modified,
        ("Name", name), ("Website", company.Domain is null ? null : $"https://www.{company.Domain}"), ("OwnerId", Owner(company.Number)),
        ("NumberOfEmployees", (double)(10 + (company.Number * 7 % 900))), ("Tier__c", Tiers[company.Number % 3]), ("BillingCountry", "United States")).Id;

    private void Sow(Truth truth, TruePerson person, Sighting sighting)
    {
        if (sighting.Type == "Contact")
        {
            sighting.Id = Contact(truth, person, sighting);
            return;
        }

        var isConverted = sighting.Type == "ConvertedLead";
        sighting.BecameId = isConverted ? Contact(truth, person, sighting) : null;
        sighting.Id = state.Load("Lead", sighting.Created, sighting.Modified, [.. Person(person, sighting), ("Company", truth.Companies[person.Company].Name),
            ("Status", isConverted ? "Closed - Converted" : "Open - Not Contacted"), ("IsConverted", isConverted),
            ("ConvertedContactId", sighting.BecameId), ("ConvertedAccountId", isConverted ? truth.Companies[person.Company].IdIn(Vendor) : null),
            ("ConvertedDate", isConverted ? DateOnly.FromDateTime(sighting.Modified.UtcDateTime) : null)]).Id;
    }

    private string Contact(Truth truth, TruePerson person, Sighting sighting) => state.Load("Contact", sighting.Created, sighting.Modified,
        [.. Person(person, sighting), ("AccountId", truth.Companies[person.Company].IdIn(Vendor))]).Id;

    private (string, object?)[] Person(TruePerson person, Sighting sighting) =>
    [
        ("FirstName", sighting.First), ("LastName", sighting.Last), ("Email", sighting.Email), ("Phone", sighting.Phone), ("Title", sighting.Title),
        ("HasOptedOutOfEmail", sighting.OptedOut), ("Newsletter__c", sighting.Newsletter), ("Lead_Score__c", (double)sighting.Score), ("OwnerId", Owner(person.Number)),
    ];

    private void Sow(Truth truth, TrueDeal deal)
    {
        if (truth.Companies[deal.Company].IdIn(Vendor) is not { } account)
            return;
        var opportunity = state.Load("Opportunity", deal.Modified.AddDays(-30), deal.Modified, ("Name", deal.Name), ("AccountId", account), ("Amount", (double)deal.Amount),
            ("CloseDate", deal.CloseDate), ("StageName", deal.IsWon ? "Closed Won" : "Prospecting"), ("OwnerId", Owner(deal.Number)));
        deal.Ids[Vendor] = opportunity.Id;
        if (truth.People[deal.Person].Sightings.FirstOrDefault(sighting => sighting is { Vendor: Vendor, Type: "Contact" }) is { } buyer)
            state.Load("OpportunityContactRole", deal.Modified, ("OpportunityId", opportunity.Id), ("ContactId", buyer.Id), ("Role", "Decision Maker"), ("IsPrimary", true));
    }

    private string Owner(int number) => state.SalesUsers[number % state.SalesUsers.Count];
}
