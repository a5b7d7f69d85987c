using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Cli.Checking;

/// <summary>Every live account, lead, contact and opportunity, by SOQL.</summary>
public sealed class RawSalesforce(SalesforceSandbox sandbox) : IRawReader
{
    private const string Data = "/services/data/v66.0";
    private static readonly Dictionary<string, string> Queries = new()
    {
        ["Account"] = "Id, StackHub_Id__c, OwnerId, Name, Website, Phone, Industry, NumberOfEmployees, AnnualRevenue, BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry, Description",
        ["Lead"] = "Id, StackHub_Id__c, OwnerId, Lifecycle_Stage__c, Email, FirstName, LastName, Phone, MobilePhone, Title, LeadSource, Description, HasOptedOutOfEmail, DoNotCall, Company, Website, Street, City, State, PostalCode, Country",
        ["Contact"] = "Id, StackHub_Id__c, OwnerId, Lifecycle_Stage__c, Email, FirstName, LastName, Phone, MobilePhone, Title, LeadSource, Description, HasOptedOutOfEmail, DoNotCall, AccountId, MailingStreet, MailingCity, MailingState, MailingPostalCode, MailingCountry",
        ["Opportunity"] = "Id, StackHub_Id__c, OwnerId, Name, Amount, CloseDate, StageName, AccountId, Description",
    };

    public string System => "salesforce";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = await SignInAsync(cancellationToken);
        foreach (var (type, fields) in Queries)
            await foreach (var record in QueryAsync(http, type, $"SELECT {fields} FROM {type}{(type == "Lead" ? " WHERE IsConverted = false" : "")}", cancellationToken))
                yield return record;
    }

    /// <summary>Whoever has one of the addresses, lead or contact.</summary>
    public async Task<IReadOnlyList<RawRecord>> PeopleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellationToken)
    {
        using var http = await SignInAsync(cancellationToken);
        var found = new List<RawRecord>();
        foreach (var type in (string[])["Lead", "Contact"])
            await foreach (var record in QueryAsync(http, type, $"SELECT {Queries[type]} FROM {type} WHERE Email IN ({string.Join(", ", addresses.Select(address => $"'{address}'"))})", cancellationToken))
                found.Add(record);
        return found;
    }

    private async Task<HttpClient> SignInAsync(CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        var token = await RawHttp.PostFormAsync(http, "/services/oauth2/token", new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = sandbox.Credentials.ClientId,
            ["client_secret"] = sandbox.Credentials.ClientSecret,
            ["refresh_token"] = sandbox.Credentials.RefreshToken,
        }, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    private static async IAsyncEnumerable<RawRecord> QueryAsync(HttpClient http, string type, string soql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{Data}/query?q={Uri.EscapeDataString(soql)}";
        while (path is not null)
        {
            var page = await RawHttp.GetAsync(http, path, cancellationToken);
            foreach (var row in page.GetProperty("records").EnumerateArray())
                yield return new(type, row.GetProperty("Id").GetString()!, Fields(row));
            path = page.TryGetProperty("nextRecordsUrl", out var next) ? next.GetString() : null;
        }
    }

    private static Dictionary<string, string?> Fields(JsonElement row) =>
        row.EnumerateObject().Where(property => property.Name != "attributes").ToDictionary(property => property.Name, property => RawHttp.Text(property.Value));
}
