using StackHub.Cli.Demo;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Records;

namespace StackHub.Console.Tests;

/// <summary>Something on each of the officers' pages: requests that nobody verified, that mean several people, that wait for approval and are held, that are under way, and that were answered with a copy.</summary>
internal static class OfficersCases
{
    private const string Officer = "console tests' officer";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task FileAsync(DemoHub hub)
    {
        var people = await PeopleAsync(hub, 6);
        await SubmitAsync(hub, people[0], PrivacyRequestKind.Access, "eu-gdpr/DE", null, TimeSpan.FromDays(35));
        var held = await SubmitAsync(hub, people[1], PrivacyRequestKind.Erasure, "eu-gdpr/DE", "seen in person", TimeSpan.FromDays(4));
        await SettledAsync(hub, held, PrivacyRequestState.Planned);
        await hub.Get<LegalHolds>().PlaceAsync("held", new() { Emails = [people[1]] }, HoldScope.Everything, "litigation 24-118", Officer, CancellationToken.None);
        var begun = await SubmitAsync(hub, people[2], PrivacyRequestKind.Erasure, "us-ca-ccpa/US-CA", "called back on the number in the contract", TimeSpan.FromDays(1));
        var plan = (await SettledAsync(hub, begun, PrivacyRequestState.Planned)).Plan!;
        await hub.Get<RequestDesk>().ApproveAsync(begun, "an approver", plan.Fingerprint, CancellationToken.None);
        await hub.Get<RequestDesk>().ApproveAsync(begun, "another approver", plan.Fingerprint, CancellationToken.None);
        await SettledAsync(hub, begun, PrivacyRequestState.InProgress);
        var several = await SubmitAsync(hub, [people[3], people[4]], PrivacyRequestKind.Erasure, "eu-gdpr/FR", "called back", TimeSpan.FromDays(2));
        await SettledAsync(hub, several, PrivacyRequestState.NeedsReview);
        var copy = await SubmitAsync(hub, [people[5]], PrivacyRequestKind.Access, "eu-gdpr/IE", "seen in person", TimeSpan.FromDays(3));
        await hub.Get<RequestDesk>().ApproveAsync(copy, "an approver", (await SettledAsync(hub, copy, PrivacyRequestState.Planned)).Plan!.Fingerprint, CancellationToken.None);
        await SettledAsync(hub, copy, PrivacyRequestState.Complete);
    }

    private static Task<RequestId> SubmitAsync(DemoHub hub, string email, PrivacyRequestKind kind, string law, string? verified, TimeSpan ago) => SubmitAsync(hub, [email], kind, law, verified, ago);

    private static async Task<RequestId> SubmitAsync(DemoHub hub, IReadOnlyList<string> emails, PrivacyRequestKind kind, string law, string? verified, TimeSpan ago)
    {
        var command = new SubmitCommand([kind], new() { Emails = emails }, Officer, $"{kind} {law}") { Laws = [law], VerifiedBecause = verified, ReceivedAt = hub.Get<TimeProvider>().GetUtcNow() - ago };
        return ((SubmitAnswer.Taken)await hub.Get<SubmitPrivacyRequest>().HandleAsync(command, CancellationToken.None)).Requests[0];
    }

    /// <summary>The hub's own pump brings it there.</summary>
    private static async Task<PrivacyRequest> SettledAsync(DemoHub hub, RequestId id, PrivacyRequestState state)
    {
        var until = hub.Get<TimeProvider>().GetUtcNow() + Patience;
        while (hub.Get<TimeProvider>().GetUtcNow() < until)
        {
            if (await hub.Get<PrivacyStore>().FindAsync(id, CancellationToken.None) is { } request && (request.State == state || (request.State.IsRunning() && state == PrivacyRequestState.InProgress)))
                return request;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Request {id} did not come to be {state}.");
    }

    /// <summary>Addresses of the last people, so that tests which look at the first find them as they were.</summary>
    private static async Task<IReadOnlyList<string>> PeopleAsync(DemoHub hub, int wanted)
    {
        var (model, emails) = (hub.Get<HubModel>(), new List<string>());
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordStore>().ScanAsync(next, 200, CancellationToken.None);
            foreach (var record in page)
                if (record is { Kind: RecordKind.Person, MergedInto: null } && record.Links.Count(link => link.Active) > 1 && model.View(record, id => id).Text("email") is { } email && EmailKey.From(email) is { Kind: EmailKind.Business or EmailKind.FreeMail })
                    emails.Add(email);
        }
        while (next is not null);
        return [.. emails.TakeLast(wanted)];
    }
}
