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
        ["Account"] = "Id, StackHub_Id__c, Name, Website, Phone, Industry, NumberOfEmployees, AnnualRevenue, BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry, Description",
        ["Lead"] = "Id, StackHub_Id__c, Email, FirstName, LastName, Phone, MobilePhone, Title, LeadSource, Description, HasOptedOutOfEmail, DoNotCall, Company, Website, Street, City, State, PostalCode, Country",
        ["Contact"] = "Id, StackHub_Id__c, Email, FirstName, LastName, Phone, MobilePhone, Title, LeadSource, Description, HasOptedOutOfEmail, DoNotCall, AccountId, MailingStreet, MailingCity, MailingState, MailingPostalCode, MailingCountry",
        ["Opportunity"] = "Id, StackHub_Id__c, Name, Amount, CloseDate, StageName, AccountId, Description",
    };

    public string System => "salesforce";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        var token = await RawHttp.PostFormAsync(http, "/services/oauth2/token", new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = sandbox.Credentials.ClientId,
            ["client_secret"] = sandbox.Credentials.ClientSecret,
            ["refresh_token"] = sandbox.Credentials.RefreshToken,
        }, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        foreach (var (type, fields) in Queries)
        {
            var where = type == "Lead" ? " WHERE IsConverted = false" : "";
            var path = $"{Data}/query?q={Uri.EscapeDataString($"SELECT {fields} FROM {type}{where}")}";
            while (path is not null)
            {
                var page = await RawHttp.GetAsync(http, path, cancellationToken);
                foreach (var row in page.GetProperty("records").EnumerateArray())
                    yield return new(type, row.GetProperty("Id").GetString()!, Fields(row));
                path = page.TryGetProperty("nextRecordsUrl", out var next) ? next.GetString() : null;
            }
        }
    }

    private static Dictionary<string, string?> Fields(JsonElement row) =>
        row.EnumerateObject().Where(property => property.Name != "attributes").ToDictionary(property => property.Name, property => RawHttp.Text(property.Value));
}
