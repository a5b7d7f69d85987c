using Microsoft.Extensions.DependencyInjection;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Storage;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;
using StackHub.Triggers;

namespace StackHub.Testing.Privacy;

/// <summary>A hub with systems that erase, its clock held, stepped by hand. Named after vendors, they have those vendors' roles and times.</summary>
public sealed class PrivacyScene : IAsyncDisposable
{
    private int submissions;

    public PrivacyScene(params string[] vendors)
        : this(vendors, null)
    {
    }

    /// <param name="byHand">Vendors whose connector cannot erase.</param>
    public PrivacyScene(IReadOnlyList<string> vendors, IReadOnlyCollection<string>? byHand, IReadOnlyDictionary<string, StackHub.Mapping.FieldPolicy>? policies = null, StackHub.Permissions.PurposeSet? purposes = null)
    {
        Time.Hold();
        Systems = [.. vendors.Select(vendor => new ErasingSystem(new FakeSystem(vendor, Time) { Info = NamedVendors.InfoOf(vendor) }, Time))];
        Hub = new(
            [.. Systems.Select(system => system.Inner)],
            Time,
            policies: policies,
            purposes: purposes,
            flows: services => services.AddSingleton(new ConnectorSet([.. Systems.Select(system => byHand?.Contains(system.System.Name) == true ? (IConnector)system.Inner : system)])));
    }

    public AdjustableTime Time { get; } = new();

    public IReadOnlyList<ErasingSystem> Systems { get; }

    public HubHarness Hub { get; }

    public ErasingSystem this[string system] => Systems.First(one => one.System.Name == system);

    public PrivacyStore Store => Hub.Get<PrivacyStore>();

    public RequestDesk Desk => Hub.Get<RequestDesk>();

    /// <summary>A person in one system, synced to the others.</summary>
    public string Person(string system, string email, string first = "Ada", string last = "Lovelace", string? phone = null) =>
        this[system].Inner.Create("people", ("mail", email), ("first", first), ("last", last), ("tel", phone));

    /// <summary>Somebody else in every system, so that there is a canary.</summary>
    public async Task SyncAsync()
    {
        Person(Systems[0].System.Name, "grace.hopper@example.org", "Grace", "Hopper");
        await Hub.OnboardAsync();
        await Hub.SettleAsync();
    }

    public Task<IReadOnlyList<RequestId>> SubmitAsync(string email, params IReadOnlyList<PrivacyRequestKind> kinds) => SubmitAsync(new SubjectClaims { Emails = [email] }, kinds);

    public async Task<IReadOnlyList<RequestId>> SubmitAsync(SubjectClaims who, params IReadOnlyList<PrivacyRequestKind> kinds) =>
        ((SubmitAnswer.Taken)await Hub.Get<SubmitPrivacyRequest>().HandleAsync(new(kinds, who, "public", $"form-{++submissions}"), default)).Requests;

    /// <summary>Filed, verified and planned.</summary>
    public async Task<PrivacyRequest> PlannedAsync(SubjectClaims who)
    {
        var id = (await SubmitAsync(who, PrivacyRequestKind.Erasure))[0];
        await Desk.VerifyAsync(id, "code", "confirmed by code", default);
        await Hub.PumpAsync();
        return (await Store.FindAsync(id, default))!;
    }

    public Task<PrivacyRequest> PlannedAsync(string email) => PlannedAsync(new SubjectClaims { Emails = [email] });

    /// <summary>Approved by as many as it needs.</summary>
    public async Task<RequestId> ApproveAsync(PrivacyRequest planned)
    {
        await Desk.ApproveAsync(planned.Id, "olga", planned.Plan!.Fingerprint, default);
        await Desk.ApproveAsync(planned.Id, "omar", planned.Plan.Fingerprint, default);
        return planned.Id;
    }

    public async Task<RequestId> BegunAsync(string email) => await ApproveAsync(await PlannedAsync(email));

    public async Task<PrivacyRequest> RequestAsync(RequestId id) => (await Store.FindAsync(id, default))!;

    public async Task<PrivacyTask> TaskAsync(RequestId id, string system, TaskAction action = TaskAction.Erase) =>
        (await Store.FindAsync(id, PrivacyTask.IdOf(action, new(system)), default))!;

    /// <summary>Time passes in steps, and everything that is due happens.</summary>
    public async Task PassAsync(TimeSpan total, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromMinutes(30);
        for (var passed = TimeSpan.Zero; passed < total; passed += by)
        {
            Time.Advance(by);
            await Hub.PumpAsync();
            await WatchAsync();
            await Hub.PumpAsync();
        }
    }

    /// <summary>The timer's tick.</summary>
    public Task WatchAsync() => Hub.Get<IEnumerable<ITimerHandler>>().OfType<PrivacyTimer>().Single().RunAsync(default);

    public Task<LegalHold> HoldAsync(string email, string ground, HoldScope? scope = null) =>
        Hub.Get<LegalHolds>().PlaceAsync(ground, new SubjectClaims { Emails = [email] }, scope ?? HoldScope.Everything, ground, "counsel", default);

    /// <summary>Everything the store keeps, as text, opened where the hub could.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync()
    {
        var all = new List<string>();
        foreach (var table in Tables.All)
            await foreach (var row in Hub.Tables.RowsAsync(table, TableRange.All, default))
                all.Add($"{table} {row.Partition} {row.Row} {string.Join(' ', row.Values.Select(value => Text(value.Value)))}");
        await foreach (var blob in Hub.Blobs.ListAsync("", default))
            all.Add($"{blob} {Text((await Hub.Blobs.GetAsync(blob, default))!)}");
        foreach (var queue in Queues.All.SelectMany(queue => new[] { queue, Queues.Poison(queue) }))
            all.AddRange((await Hub.Queue.PeekAsync(queue, 32, default)).Select(message => $"{queue} {message.Body}"));
        return all;
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private string Text(object value)
    {
        if (value is not byte[] bytes)
            return $"{value}";
        var texts = new List<string> { System.Text.Encoding.UTF8.GetString(bytes) };
        try
        {
            texts.Add(System.Text.Encoding.UTF8.GetString(Hub.Get<StackHub.Security.HubKeys>().Open(bytes)));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // It was not sealed by the hub.
        }
        return string.Join(' ', texts);
    }
}
