using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// The webhook that a person adds to a smart campaign (Admin > Webhooks): POST, header X-StackHub-Token, body {"leadId": {{lead.Id}}}.
/// Marketo signs nothing, so the token is all there is, and all that is believed is which lead to read.
/// </summary>
internal sealed class MarketoWebhooks(SystemId system, string token) : IWebhookReceiver
{
    private const string Header = "x-stackhub-token";

    public WebhookReply Accepted { get; } = new(200, "application/json", "{}");

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(Header, out var said) || said.Length == 0)
            return SignatureVerdict.Missing;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(said)) ? SignatureVerdict.Valid : SignatureVerdict.Mismatch;
    }

    /// <summary>The same body comes at each change of the lead, and reading it twice is harmless.</summary>
    public string? ReplayKey(WebhookRequest request) => null;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MarketoJson.Default.MarketoHook)?.LeadId is > 0 and var id
                ? [new Change.Touched(MarketoObject.Leads.Ref(system, id.ToString(CultureInfo.InvariantCulture)))]
                : throw new WebhookFormatException("The body has no leadId.");
        }
        catch (JsonException e) // its message can quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"The body is not {{\"leadId\": number}} at line {e.LineNumber}.");
        }
    }
}

[System.Text.Json.Serialization.JsonNumberHandling(System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString)]
internal sealed record MarketoHook(long? LeadId);
