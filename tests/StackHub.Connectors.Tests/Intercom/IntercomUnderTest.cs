using System.Net;
using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>The workspace in memory as the contract sees it.</summary>
internal sealed class IntercomUnderTest : VendorUnderTest
{
    private readonly FakeIntercom vendor;
    private int seeds;

    public IntercomUnderTest(bool refusesDuplicates) => vendor = new FakeIntercom(Time) { RefusesDuplicates = refusesDuplicates, PageSize = 50 };

    public override string ObjectType => "contacts";

    public override string EmailField => "email";

    public override string TextField => "custom_attributes.job_title";

    public override string AccountType => "companies";

    public override string AccountNameField => "name";

    public override string AccountField => "company";

    public override int ScanPage => 50;

    public override bool FeedTellsDeletions => false;

    public override bool WebhooksExpire => false;

    public override string WebhookBody => """{"type":"notification_event","id":"notif_1","topic":"ping","created_at":1795342600,"data":{"item":{}}}""";

    public override IReadOnlyList<string> Violations => [];

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called)
    {
        var settings = new Dictionary<string, string> { ["baseUrl"] = "http://127.0.0.1:9", ["accessToken"] = "token", ["clientSecret"] = Some.Secret };
        return new IntercomConnector(new ConnectorContext(Some.System, settings, budget, tokens, Time) { Called = called }, vendor);
    }

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields)
    {
        var id = $"seed{++seeds:00000}";
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        if (objectType == "companies")
        {
            vendor.Company(id, now);
            return id;
        }
        vendor.Contact(id, now);
        Edit(objectType, id, fields);
        return id;
    }

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields)
    {
        var contact = vendor.Contacts[id];
        foreach (var (field, value) in fields)
        {
            if (IntercomFields.IsCustom(field))
                contact["custom_attributes"]![IntercomFields.AttributeOf(field)] = value;
            else
                contact[field] = value;
        }
        contact["updated_at"] = Time.GetUtcNow().ToUnixTimeSeconds();
    }

    public override void Delete(string objectType, string id) => vendor.Contacts.Remove(id);

    public override int Count(string objectType) => vendor.Contacts.Count;

    public override void ThrottleNext(TimeSpan retryAfter) => Once(() =>
    {
        var answer = FakeIntercom.Error(HttpStatusCode.TooManyRequests, "rate_limit_exceeded", "Exceeded rate limit");
        answer.Headers.RetryAfter = new(retryAfter);
        return answer;
    });

    public override void LoseNextAnswer() => vendor.After = sent =>
    {
        if (sent.Method != "POST" || sent.Path != "/contacts")
            return;
        vendor.After = _ => { };
        throw new HttpRequestException(HttpRequestError.ResponseEnded);
    };

    public override void ExpireTokens()
    {
    }

    public override WebhookRequest Webhook(string body, DateTimeOffset at)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signature = "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Some.Secret), bytes));
        return new WebhookRequest("POST", "https://hub.example.com/hooks/intercom", new Dictionary<string, string> { ["x-hub-signature"] = signature }, bytes);
    }

    public override ValueTask DisposeAsync()
    {
        vendor.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Once(Func<HttpResponseMessage> answer) => vendor.Before = _ =>
    {
        vendor.Before = _ => null;
        return answer();
    };
}
