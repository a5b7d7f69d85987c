using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>Active users with their last login, the full licences, and the organisation's daily calls.</summary>
internal sealed class SalesforceUsage(SalesforceApi api)
{
    private const string Users = "SELECT Id,Email,LastLoginDate FROM User WHERE IsActive = true AND UserType = 'Standard' ORDER BY Id";
    private const string Licences = "SELECT Id,TotalLicenses FROM UserLicense WHERE LicenseDefinitionKey = 'SFDC'";

    public async IAsyncEnumerable<VendorUser> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await api.QueryAsync("User.query", Users, all: false, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { } refusal)
            throw api.Unavailable("User.query", refusal);
        foreach (var row in answer.Rows)
            if (Text(row, "Email") is { Length: > 0 } address)
                yield return new(address, Time(Text(row, "LastLoginDate")));
    }

    /// <summary>A user who may not see licences is told no seats.</summary>
    public async Task<VendorUsage> UsageAsync(CancellationToken cancellationToken)
    {
        var answer = await api.QueryAsync("UserLicense.query", Licences, all: false, cancellationToken).ConfigureAwait(false);
        var seats = answer.Refusal is null && answer.Rows.Count > 0 ? answer.Rows.Sum(Seats) : (int?)null;
        return new(seats, api.Usage?.Used, api.Usage?.Allowed, TellsLogins: true);
    }

    private static int Seats(JsonElement row) => row.TryGetProperty("TotalLicenses", out var total) && total.TryGetInt32(out var seats) ? seats : 0;

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Salesforce writes its zone as +0000.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text?.Replace("+0000", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
