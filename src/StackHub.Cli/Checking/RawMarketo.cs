using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Sandbox.Vendors.Marketo;

namespace StackHub.Cli.Checking;

/// <summary>Every lead that was ever made (by the log of activities) and is still there, and the companies they belong to; opportunities are in no list.</summary>
public sealed class RawMarketo(MarketoSandbox sandbox) : IRawReader
{
    private const int Batch = 300;
    private const int NewLead = 12;

    /// <summary>An address holds 8 KB, and a key is up to 32 letters.</summary>
    private const int Keys = 100;

    private const string HubId = "stackhubId";
    private const string LeadFields = "id,email,firstName,lastName,phone,mobilePhone,title,company,externalCompanyId,address,city,state,postalCode,country,leadSource,unsubscribed,doNotCall";
    private const string CompanyFields = "externalCompanyId,company,website,mainPhone,industry,numberOfEmployees,annualRevenue,billingStreet,billingCity,billingState,billingPostalCode,billingCountry";
    private const string OpportunityFields = "externalOpportunityId,name,amount,closeDate,stage,description,externalCompanyId";

    public string System => "marketo";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = await ClientAsync(cancellationToken);
        var marked = await AskAsync(http, $"leads.json?filterType=id&filterValues=1&fields=id,{HubId}", cancellationToken) is not null;
        var companies = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var ids in (await LeadIdsAsync(http, cancellationToken)).Chunk(Batch))
            foreach (var lead in await ListAsync(http, "leads", "id", ids, marked ? $"{LeadFields},{HubId}" : LeadFields, cancellationToken))
            {
                if (lead.Fields["externalCompanyId"] is { } company)
                    companies.Add(company);
                yield return lead;
            }
        foreach (var keys in companies.Chunk(Keys))
            foreach (var company in await ListAsync(http, "companies", "externalCompanyId", keys, CompanyFields, cancellationToken))
                yield return company;
    }

    public async Task<RawRecord?> FindAsync(string objectType, string id, CancellationToken cancellationToken)
    {
        using var http = await ClientAsync(cancellationToken);
        var (key, fields) = objectType == "companies" ? ("externalCompanyId", CompanyFields) : ("externalOpportunityId", OpportunityFields);
        return objectType == "leads" ? null : (await ListAsync(http, objectType, key, [id], fields, cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<string>> LeadIdsAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var ids = new SortedSet<long>();
        var page = await AskAsync(http, "activities/pagingtoken.json?sinceDatetime=2000-01-01T00:00:00Z", cancellationToken);
        for (var more = true; more;)
        {
            page = await AskAsync(http, $"activities.json?activityTypeIds={NewLead}&nextPageToken={Uri.EscapeDataString(page!.Value.GetProperty("nextPageToken").GetString()!)}", cancellationToken);
            if (page!.Value.TryGetProperty("result", out var activities))
                ids.UnionWith(activities.EnumerateArray().Select(activity => activity.GetProperty("leadId").GetInt64()));
            more = page.Value.TryGetProperty("moreResult", out var flag) && flag.GetBoolean();
        }
        return [.. ids.Select(id => $"{id}")];
    }

    private static async Task<IReadOnlyList<RawRecord>> ListAsync(HttpClient http, string type, string key, IEnumerable<string> values, string fields, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(http, $"{type}.json?filterType={key}&filterValues={Uri.EscapeDataString(string.Join(',', values))}&fields={fields}", cancellationToken);
        return [.. answer!.Value.GetProperty("result").EnumerateArray().Where(row => row.TryGetProperty(key, out _)).Select(row => new RawRecord(type, RawHttp.Text(row.GetProperty(key))!, Fields(row)))];
    }

    /// <summary>Null when Marketo refuses the question; a refusal comes in a 200.</summary>
    private static async Task<JsonElement?> AskAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var answer = await RawHttp.GetAsync(http, $"/rest/v1/{path}", cancellationToken);
            if (answer.GetProperty("success").GetBoolean())
                return answer;
            if (answer.GetProperty("errors")[0].GetProperty("code").GetString() is not ("606" or "608" or "611" or "615"))
                return null;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
        throw new HttpRequestException($"Marketo refused {path.Split('?')[0]} for too long.");
    }

    private async Task<HttpClient> ClientAsync(CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        var token = await RawHttp.PostFormAsync(http, "/identity/oauth/token", new() { ["grant_type"] = "client_credentials", ["client_id"] = sandbox.ClientId, ["client_secret"] = sandbox.ClientSecret }, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    private static Dictionary<string, string?> Fields(JsonElement row) => row.EnumerateObject().ToDictionary(property => property.Name, property => RawHttp.Text(property.Value));
}
