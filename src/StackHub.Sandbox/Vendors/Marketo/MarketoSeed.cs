using System.Text.Json.Nodes;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>Fills the instance from the truth.</summary>
internal sealed class MarketoSeed(MarketoState state)
{
    private const string Vendor = "marketo";

    public void Sow(Truth truth)
    {
        foreach (var company in truth.Companies.Where(company => company.Names.ContainsKey(Vendor)))
            company.Ids[Vendor] = [Company(company, company.Names[Vendor][0])];
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == Vendor))
                sighting.Id = Lead(sighting, truth.Companies[person.Company]);
        }
    }

    private string Company(TrueCompany company, string name)
    {
        var row = state.Companies.New(MarketoState.Seconds(company.Created));
        var key = $"erp-{company.Number}";
        Fill(row, ("externalCompanyId", key), ("company", name), ("website", company.Domain));
        row.UpdatedAt = MarketoState.Seconds(company.Modified);
        state.Companies.Enter(row);
        return key;
    }

    private string Lead(Sighting seen, TrueCompany company)
    {
        var lead = state.Leads.New(MarketoState.Seconds(seen.Created));
        Fill(lead, ("email", seen.Email), ("firstName", seen.First), ("lastName", seen.Last), ("phone", seen.Phone), ("title", seen.Title),
            ("company", company.Name), ("externalCompanyId", company.IdIn(Vendor)));
        lead["unsubscribed"] = JsonValue.Create(seen.OptedOut);
        lead["leadScore"] = JsonValue.Create((long)seen.Score);
        lead.UpdatedAt = MarketoState.Seconds(seen.Modified);
        state.Leads.Enter(lead);
        state.Activities.Add(state.Log(MarketoActivity.NewLead, lead.Id, lead.CreatedAt));
        return lead.Text("id")!;
    }

    private static void Fill(MarketoRow row, params ReadOnlySpan<(string Field, string? Value)> values)
    {
        foreach (var (field, value) in values)
            row[field] = value is null ? null : JsonValue.Create(value);
    }
}
