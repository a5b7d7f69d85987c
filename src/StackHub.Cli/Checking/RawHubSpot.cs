using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Sandbox.Vendors.HubSpot;

namespace StackHub.Cli.Checking;

/// <summary>Every live company, contact and deal, by the list endpoints.</summary>
public sealed class RawHubSpot(HubSpotSandbox sandbox) : IRawReader
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["companies"] = "stackhub_id,hubspot_owner_id,name,domain,phone,numberofemployees,annualrevenue,address,city,state,zip,country",
        ["contacts"] = "stackhub_id,hubspot_owner_id,email,firstname,lastname,phone,mobilephone,jobtitle,company,address,city,state,zip,country,website,lifecyclestage,hs_email_optout",
        ["deals"] = "stackhub_id,hubspot_owner_id,dealname,amount,closedate,dealstage,description",
    };

    public string System => "hubspot";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.PrivateAppToken);
        foreach (var (type, properties) in Lists)
        {
            var associations = type == "companies" ? "" : "&associations=companies";
            for (string? after = ""; after is not null;)
            {
                var page = await RawHttp.GetAsync(http, $"/crm/v3/objects/{type}?limit=100&archived=false&properties={properties}{associations}{(after.Length > 0 ? $"&after={after}" : "")}", cancellationToken);
                foreach (var row in page.GetProperty("results").EnumerateArray())
                    yield return new(type, row.GetProperty("id").GetString()!, Fields(row));
                after = page.TryGetProperty("paging", out var paging) && paging.TryGetProperty("next", out var next) ? next.GetProperty("after").GetString() : null;
            }
        }
    }

    private static Dictionary<string, string?> Fields(JsonElement row)
    {
        var fields = row.GetProperty("properties").EnumerateObject().ToDictionary(property => property.Name, property => RawHttp.Text(property.Value));
        if (row.TryGetProperty("associations", out var associations) && associations.TryGetProperty("companies", out var companies))
        {
            var linked = companies.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("id").GetString()).Distinct().ToArray();
            fields["companies"] = string.Join(';', linked);
        }
        return fields;
    }
}
