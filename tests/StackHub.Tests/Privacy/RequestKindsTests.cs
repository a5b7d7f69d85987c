using StackHub.Connecting;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;
using StackHub.Privacy.SubjectKeys;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

/// <summary>What the hub does itself for requests that are no erasures, and what their being there means for those that are.</summary>
public sealed class RequestKindsTests
{
    private const string Ada = "ada.lovelace@example.com";
    private static readonly Purpose News = new("news", PurposeUse.DirectMarketing, PurposeRule.OptOut) { Channel = "email", Flag = "emailOptOut" };
    private static readonly Purpose Ads = new("ads", PurposeUse.Sale, PurposeRule.OptOut);

    [Fact]
    public async Task S49_Nothing_of_a_restricted_person_is_deleted_until_that_is_lifted()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        var person = await PersonAsync(scene);
        await scene.Hub.Get<RestrictProcessing>().PlaceAsync(person.Id, scene.Time.GetUtcNow(), default);
        await scene.Hub.SettleAsync();

        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(2));

        Assert.Empty(scene.Systems.SelectMany(system => system.Deletions));
        Assert.Equal((PrivacyTaskStatus.Held, TaskSteps.Restricted), (await scene.TaskAsync(id, "salesforce")) is var held ? (held.Status, held.Reason) : default);
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);

        Assert.True(await scene.Hub.Get<RestrictProcessing>().LiftAsync(person.Id, scene.Time.GetUtcNow(), scene.Time.GetUtcNow().AddHours(-1), default));
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.All(scene.Systems, system => Assert.Single(system.Deletions, deletion => deletion.Effective));
    }

    [Fact]
    public async Task S49_A_request_for_restriction_freezes_the_persons_records()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        var requests = await scene.SubmitAsync(Ada, PrivacyRequestKind.Restriction);
        await scene.Desk.VerifyAsync(requests[0], "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        await scene.ApproveAsync(await scene.RequestAsync(requests[0]));
        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));

        Assert.NotNull(Restriction.Since(await PersonAsync(scene)));
        Assert.Equal((PrivacyTaskStatus.Done, ProofLevel.Sealed), (await scene.TaskAsync(requests[0], "stackhub", TaskAction.Restrict)) is var task ? (task.Status, task.Level) : default);
        Assert.Equal(PrivacyTaskStatus.Manual, (await scene.TaskAsync(requests[0], "salesforce")).Status); // no tool can be told to; a person does it there
    }

    [Fact]
    public async Task S48_An_objection_is_weighed_by_nobody_and_out_before_anything_is_deleted()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        var person = await PersonAsync(scene);
        var requests = await scene.SubmitAsync(Ada, PrivacyRequestKind.Erasure, PrivacyRequestKind.Objection);
        var refusedAtDeletion = new List<bool>();
        foreach (var system in scene.Systems)
            system.Before = async () => refusedAtDeletion.Add((await scene.Hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(person.Id), default)).Any(said => said is { Purpose: "news", IsOptIn: false, Basis: ConsentBasis.Objection }));
        foreach (var request in requests)
            await scene.Desk.VerifyAsync(request, "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        Assert.Equal(0, (await scene.RequestAsync(requests[1])).Plan!.ApprovalsNeeded);

        await scene.ApproveAsync(await scene.RequestAsync(requests[0]));
        await scene.PassAsync(TimeSpan.FromDays(8), TimeSpan.FromHours(2));

        Assert.NotEmpty(refusedAtDeletion);
        Assert.All(refusedAtDeletion, Assert.True);
        Assert.Equal([PrivacyRequestState.Complete, PrivacyRequestState.Complete], [(await scene.RequestAsync(requests[0])).State, (await scene.RequestAsync(requests[1])).State]);
        Assert.DoesNotContain(await scene.Hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(person.Id), default), said => said.Purpose == "ads");
    }

    [Fact]
    public async Task S44_An_opt_out_of_sale_is_in_the_ledger_once_however_often_its_task_is_told()
    {
        await using var scene = await SceneAsync("salesforce");
        var person = await PersonAsync(scene);
        var id = (await scene.SubmitAsync(Ada, PrivacyRequestKind.OptOutOfSale))[0];
        await scene.Hub.PumpAsync();
        foreach (var _ in Enumerable.Range(0, 3))
            await scene.Hub.Get<TaskSignals>().WakeAsync(id, PrivacyTask.IdOf(TaskAction.Consent, StackHub.Flows.HubAuthor.System), TimeSpan.Zero, default);
        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));

        Assert.Equal(("ads", ConsentBasis.SaleOptOut), Assert.Single(await scene.Hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(person.Id), default), said => said.Basis == ConsentBasis.SaleOptOut) is var said ? (said.Purpose, said.Basis) : default);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Theory]
    [InlineData(PrivacyRequestKind.Access)]
    [InlineData(PrivacyRequestKind.Portability)]
    public async Task A_copy_is_packed_from_every_system_and_opens_by_its_link_alone(PrivacyRequestKind kind)
    {
        await using var scene = await SceneAsync("salesforce", "hubspot", "zendesk");
        var id = (await scene.SubmitAsync(Ada, kind))[0];
        await scene.Desk.VerifyAsync(id, "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        await scene.ApproveAsync(await scene.RequestAsync(id));
        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));

        var request = await scene.RequestAsync(id);
        var task = await scene.TaskAsync(id, "stackhub", TaskAction.Package);
        var made = (await scene.Hub.Get<MakePackage>().FindAsync(id, default))!;
        var download = await scene.Hub.Get<PackageStore>().OpenAsync(made.Link, new(made.Subject, scene.Time.GetUtcNow()), default);

        Assert.Equal((PrivacyRequestState.Complete, PrivacyTaskStatus.Done, ProofLevel.Sealed, 3), (request.State, task.Status, task.Level, made.Records));
        Assert.IsType<PackageAccess.Granted>(download.Access);
        Assert.Equal((id, "copy-ready"), Assert.Single(await scene.Hub.Get<OfficerAlerts>().ListAsync(default)) is var alert ? (alert.Request, alert.Code) : default);
        Assert.Single(await KindsAsync(scene, id), EvidenceKinds.PackageBuilt);
        Assert.True(request.Subject.IsEmpty); // what was asked for is answered: whom it was about is in the package only
    }

    [Fact]
    public async Task A_copy_waits_for_a_system_that_is_away_and_is_built_once()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        var id = (await scene.SubmitAsync(Ada, PrivacyRequestKind.Access))[0];
        await scene.Desk.VerifyAsync(id, "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        scene["zendesk"].Inner.BeforeRead = () => throw new VendorUnavailableException(new("zendesk"), "HTTP 503");
        await scene.ApproveAsync(await scene.RequestAsync(id));
        await scene.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));
        Assert.Null(await scene.Hub.Get<MakePackage>().FindAsync(id, default));

        scene["zendesk"].Inner.BeforeRead = null;
        await scene.PassAsync(TimeSpan.FromHours(8), TimeSpan.FromMinutes(10));

        Assert.Equal((PrivacyRequestState.Complete, 2), ((await scene.RequestAsync(id)).State, (await scene.Hub.Get<MakePackage>().FindAsync(id, default))!.Records));
        Assert.Single(await KindsAsync(scene, id), EvidenceKinds.PackageBuilt);
    }

    [Fact]
    public async Task A_copy_goes_when_its_person_is_erased()
    {
        await using var scene = await SceneAsync("salesforce");
        var access = (await scene.SubmitAsync(Ada, PrivacyRequestKind.Access))[0];
        await scene.Desk.VerifyAsync(access, "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        await scene.ApproveAsync(await scene.RequestAsync(access));
        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));
        var made = (await scene.Hub.Get<MakePackage>().FindAsync(access, default))!;

        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.IsType<PackageAccess.Gone>((await scene.Hub.Get<PackageStore>().OpenAsync(made.Link, new(made.Subject, scene.Time.GetUtcNow()), default)).Access);
        Assert.Null(await scene.Hub.Get<MakePackage>().FindAsync(access, default));
        Assert.DoesNotContain(await scene.DumpAsync(), text => text.StartsWith("packages/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_a_request_was_about_nobody_can_read_again_once_it_is_complete_not_even_from_a_backup()
    {
        await using var scene = await SceneAsync("salesforce");
        var planned = await scene.PlannedAsync(Ada);
        var backup = (await scene.Hub.Tables.GetAsync(Tables.Privacy, planned.Id.ToString(), "request", default))!;
        Assert.Equal([Ada], (await scene.RequestAsync(planned.Id)).Subject.Emails);
        Assert.DoesNotContain("lovelace", System.Text.Encoding.UTF8.GetString(scene.Hub.Get<HubKeys>().Open(RowParts.Read(backup))), StringComparison.OrdinalIgnoreCase);

        await scene.ApproveAsync(planned);
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));
        await scene.Hub.Tables.WriteAsync(Tables.Privacy, new TableAction.Upsert(backup), default);

        Assert.True((await scene.RequestAsync(planned.Id)) is { Subject.IsEmpty: true, Known.Count: 0 });
        Assert.Single(await KindsAsync(scene, planned.Id), EvidenceKinds.KeyDestroyed);
        Assert.Null(await scene.Hub.Get<SubjectKeyStore>().FindAsync($"request-{planned.Id}", default));
    }

    [Fact]
    public async Task A_refusal_outlives_an_erasure_and_its_proof_does_not()
    {
        await using var scene = await SceneAsync("salesforce");
        var person = await PersonAsync(scene);
        await scene.Hub.Get<RecordConsent>().RecordAsync(new() { Email = Ada }, [new("news", IsOptIn: false, ConsentBasis.Withdrawal, scene.Time.GetUtcNow()) { Proof = "letter of Ada Lovelace" }], default);
        await scene.Hub.SettleAsync();

        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        var kept = Assert.Single(await scene.Hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(StackHub.Identity.EmailKey.From(Ada)!, scene.Hub.Get<HubKeys>()), default));
        Assert.Equal(("news", false, null), (kept.Purpose, kept.IsOptIn, kept.Proof));
        Assert.All(await scene.Hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(person.Id), default), said => Assert.Null(said.Proof));
        Assert.Contains(await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default), entry => entry.What == "hub-copy-erased" && entry.Detail.StartsWith("consents: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S24_What_waits_in_a_system_and_its_daily_quota_push_the_proof_back()
    {
        await using var scene = await SceneAsync("salesforce");
        var model = scene.Hub.Get<StackHub.Configuration.HubModel>();
        var system = model.Systems[new("salesforce")];
        var planned = await scene.PlannedAsync(Ada);
        var due = scene.Time.GetUtcNow().AddDays(3);
        var limited = new StackHub.Configuration.SystemModel(system.Id, system.Connector with { Limits = [new("*", 100, TimeSpan.FromDays(1)), new("search", 1, TimeSpan.FromDays(1))] }, system.Maps.Values);

        var load = SystemLoad.Of(limited, records: limited.OfKind(RecordKind.Person).First().WriteBatch * 200, tasks: 25);
        var free = Assert.Single(Feasibility.Of(planned.Plan!, model, due, scene.Time.GetUtcNow()));
        var behind = Assert.Single(Feasibility.Of(planned.Plan!, model, due, scene.Time.GetUtcNow(), new Dictionary<SystemId, SystemLoad> { [system.Id] = load }));

        Assert.Equal(new SystemLoad(300, 100), load);
        Assert.Equal((true, false), (free.InTime, behind.InTime));
        Assert.Equal(free.ProvenBy.AddDays(3), behind.ProvenBy);
        Assert.Equal(free.LatestDispatch.AddDays(-3), behind.LatestDispatch);
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(PrivacyScene scene, RequestId id) =>
        [.. (await scene.Hub.Get<EvidenceLedger>().CheckAsync(id.ToString(), null, default)).Entries.Select(entry => entry.Note.Kind).Where(kind => kind is EvidenceKinds.PackageBuilt or EvidenceKinds.KeyDestroyed)];

    private static async Task<HubRecord> PersonAsync(PrivacyScene scene) =>
        (await scene.Hub.RecordsAsync()).Single(record => record.Links.Any(link => link.Cells.Values.Any(cell => cell.State.Held?.Text == Ada)));

    private static async Task<PrivacyScene> SceneAsync(params string[] systems)
    {
        var scene = new PrivacyScene(systems, null, purposes: new([News, Ads]));
        scene.Person(systems[0], Ada);
        await scene.SyncAsync();
        return scene;
    }
}
