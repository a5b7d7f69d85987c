using System.Text.Json.Nodes;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>Fills the account from the truth.</summary>
internal sealed class KlaviyoSeed(KlaviyoState state, string list)
{
    public void Sow(Truth truth)
    {
        foreach (var person in truth.People)
        {
            foreach (var sighting in person.Sightings.Where(sighting => sighting.Vendor == KlaviyoSandbox.VendorName))
                Sow(truth.Companies[person.Company], sighting);
        }
    }

    private void Sow(TrueCompany company, Sighting sighting)
    {
        // Addresses and phones are held once, and phones only in the international form; an id of a web shop is nobody else's business.
        var email = sighting.Email?.ToLowerInvariant();
        var phone = sighting.Phone is ['+', ..] given && state.WithPhone(given) is null ? given : null;
        var profile = state.New(sighting.Created) with
        {
            Updated = sighting.Modified,
            Email = state.WithEmail(email) is null ? email : null,
            Phone = phone,
        };
        if (profile.Number % 3 == 0 || profile is { Email: null, Phone: null })
            profile.ExternalId = $"shop-{profile.Number}";
        (profile.Texts["first_name"], profile.Texts["last_name"]) = (sighting.First, sighting.Last);
        (profile.Texts["title"], profile.Texts["organization"]) = (sighting.Title, company.Name);
        profile.Properties["lead_score"] = JsonValue.Create(sighting.Score);
        profile.Subscription = Consent(sighting);
        if (sighting.Newsletter)
            profile.Lists.Add(list);
        sighting.Id = profile.Id;
        state.Enter(profile);
    }

    private Subscription Consent(Sighting sighting)
    {
        if (sighting.OptedOut)
            return Subscription.Never.Unsubscribed(sighting.Modified);
        return sighting.Newsletter ? Subscription.Never.Subscribed(list, sighting.Created) : Subscription.Never;
    }
}
