using System.Collections.Frozen;
using System.Net;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

/// <summary>An officer, an approver and a second one at the console of a hub that knows Ada in two systems.</summary>
internal sealed class OfficerDesk : IAsyncDisposable
{
    public const string Ada = "ada@lovelace.example";

    private OfficerDesk(WebHub hub, RecordId person, ConsoleVisit officer, ConsoleVisit approver, ConsoleVisit second) =>
        (Hub, Person, Officer, Approver, Second) = (hub, person, officer, approver, second);

    public WebHub Hub { get; }

    public RecordId Person { get; }

    public ConsoleVisit Officer { get; }

    public ConsoleVisit Approver { get; }

    public ConsoleVisit Second { get; }

    public static async Task<OfficerDesk> OpenAsync(int moreRecords = 0, Func<PrivacySettings, PrivacySettings>? privacy = null)
    {
        var usual = new PrivacySettings(new([Newsletter, Sale]), PrivacySettings.LeastAskAgainMonths);
        var hub = await WebHub.StartAsync(privacy: privacy?.Invoke(usual) ?? usual);
        var person = await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada), ("FirstName", "Ada"), ("LastName", "Lovelace"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.SeenAsync(WebHub.Mail, "9", ("Email", Ada), ("FirstName", "Ada"));
        for (var more = 0; more < moreRecords; more++)
            await hub.SeenAsync(WebHub.Mail, $"more-{more}", ("Email", Ada));
        return new(hub, person, await ConsoleVisit.SignedInAsync(hub, Role.PrivacyOfficer), await ConsoleVisit.SignedInAsync(hub, Role.Approver), await ConsoleVisit.SignedInAsync(hub, Role.Approver));
    }

    public static Purpose Newsletter => new("newsletter", PurposeUse.DirectMarketing, PurposeRule.OptIn)
    {
        Channel = "email",
        Bound = new Dictionary<SystemId, PurposeFields> { [WebHub.Mail] = PurposeFields.All }.ToFrozenDictionary(),
    };

    public static Purpose Sale => new("sale", PurposeUse.Sale, PurposeRule.OptOut);

    /// <summary>One request that nobody verified, one that waits for approval, one under way.</summary>
    public static async Task<(RequestId Unverified, RequestId Planned, RequestId Begun)> FillAsync(WebHub hub)
    {
        await hub.SeenAsync(WebHub.Crm, "41", ("Email", "grace@hopper.example"));
        await hub.SeenAsync(WebHub.Crm, "42", ("Email", "alan@turing.example"));
        var unverified = await FileAsync(hub, "grace@hopper.example", PrivacyRequestKind.Access, null);
        var planned = await FileAsync(hub, "grace@hopper.example", PrivacyRequestKind.Erasure, "seen in person");
        var begun = await FileAsync(hub, "alan@turing.example", PrivacyRequestKind.Erasure, "seen in person");
        var plan = (await hub.Get<PrivacyStore>().FindAsync(begun, CancellationToken.None))!.Plan!;
        await hub.Get<RequestDesk>().ApproveAsync(begun, "somebody else", plan.Fingerprint, CancellationToken.None);
        await hub.Get<RequestRunner>().RunAsync(begun, CancellationToken.None);
        await hub.Get<StackHub.Privacy.Holds.LegalHolds>().PlaceAsync("k", new() { Emails = ["alan@turing.example"] }, StackHub.Privacy.Holds.HoldScope.Everything, "litigation 24-118", "counsel", CancellationToken.None);
        return (unverified, planned, begun);
    }

    private int submitted;

    /// <summary>By the officer's form; its number.</summary>
    public async Task<RequestId> SubmitAsync(string kind, string? verified = null, string place = "DE", string email = Ada, ConsoleVisit? by = null)
    {
        var response = await (by ?? Officer).PostAsync("privacy/new", ("key", $"key-{++submitted}"), ("kind", kind), ("emails", email), ("place", place), ("verified", verified ?? ""));
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, await response.Content.ReadAsStringAsync());
        var id = RequestId.Parse(response.Headers.Location!.ToString().Split('/')[^1]);
        await RunAsync(id);
        return id;
    }

    public async Task<RequestId> BegunAsync(string kind)
    {
        var id = await SubmitAsync(kind, "seen in person");
        await ApproveAsync(Approver, id);
        await RunAsync(id);
        return id;
    }

    public async Task<HttpResponseMessage> ApproveAsync(ConsoleVisit by, RequestId id) =>
        await by.PostAsync($"privacy/requests/{id}/approve", ("plan", (await FindAsync(id)).Plan!.Fingerprint));

    public async Task<PrivacyRequest> FindAsync(RequestId id) => (await Hub.Get<PrivacyStore>().FindAsync(id, CancellationToken.None))!;

    /// <summary>As the queue would.</summary>
    public async Task RunAsync(RequestId id)
    {
        await Hub.Get<RequestRunner>().RunAsync(id, CancellationToken.None);
        await Hub.Get<RequestRunner>().FollowAsync(id, CancellationToken.None);
    }

    public Task<string> PageAsync(RequestId id, ConsoleVisit? by = null) => (by ?? Officer).PageAsync($"privacy/requests/{id}");

    public Task<(string Place, string Said)> DoAsync(RequestId id, string what, params (string, string)[] fields) => Officer.DoAsync($"privacy/requests/{id}/{what}", fields);

    public async ValueTask DisposeAsync()
    {
        Officer.Dispose();
        Approver.Dispose();
        Second.Dispose();
        await Hub.DisposeAsync();
    }

    private static async Task<RequestId> FileAsync(WebHub hub, string email, PrivacyRequestKind kind, string? verified)
    {
        var filed = (SubmitAnswer.Taken)await hub.Get<SubmitPrivacyRequest>().HandleAsync(new([kind], new() { Emails = [email] }, "public", $"{email} {kind}") { Laws = ["eu-gdpr/DE"], VerifiedBecause = verified }, CancellationToken.None);
        await hub.Get<RequestRunner>().RunAsync(filed.Requests[0], CancellationToken.None);
        return filed.Requests[0];
    }
}
