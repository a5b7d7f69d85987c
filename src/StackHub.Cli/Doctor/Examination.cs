using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Doctor;

/// <summary>Looks at everything a hub needs, one thing after the other, and goes on when one is wrong.</summary>
internal sealed class Examination(Invocation call, bool fix)
{
    private static readonly TimeSpan ClockWrong = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);
    private readonly List<Finding> findings = [];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Configuration())
            return findings;
        try
        {
            await using var hub = await call.LookAsync(cancellationToken);
            Fine("secrets", "Every secret the configuration refers to is there.");
            await StoreAsync(hub, cancellationToken);
            foreach (var problem in await hub.Get<RemovedSystems>().ProblemsAsync(cancellationToken))
                Problem("privacy", problem, "See the request's tasks.");
            findings.AddRange(await PrivacyExamination.RunAsync(hub, cancellationToken));
            foreach (var system in hub.Model.Order)
                await SystemAsync(hub, system, cancellationToken);
        }
        catch (HubStartException e)
        {
            foreach (var problem in e.Message.Split(Environment.NewLine))
                Problem("secrets", problem, "Mend it and run 'stackhub doctor' again.");
        }
        return findings;
    }

    private bool Configuration()
    {
        switch (Connectors.Declarative.ConnectorFolder.Beside(call.ConfigFile).Load(call.ConfigFile))
        {
            case ConfigurationResult.Invalid invalid:
                foreach (var problem in invalid.Problems)
                    Problem("configuration", $"{problem.File}({problem.Line},{problem.Column}): {Path(problem)}{problem.Message}", problem.Cure);
                return false;
            case ConfigurationResult.Valid valid:
                Fine("configuration", $"{call.ConfigFile}: {valid.Model.Order.Length} systems.");
                foreach (var warning in valid.Warnings)
                    findings.Add(new("configuration", CheckState.Warning, $"{warning.File}({warning.Line},{warning.Column}): {Path(warning)}{warning.Message}", warning.Cure));
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A row written and taken back says more than the folder's rights.</summary>
    private async Task StoreAsync(HubSession hub, CancellationToken cancellationToken)
    {
        var row = new TableRow("doctor", $"{Environment.ProcessId}", new Dictionary<string, object> { ["At"] = hub.Get<TimeProvider>().GetUtcNow() });
        try
        {
            await hub.Get<ITableStore>().UpsertAsync(Tables.Cursors, row, cancellationToken);
            await hub.Get<ITableStore>().DeleteAsync(Tables.Cursors, row.Partition, row.Row, null, cancellationToken);
            Fine("store", $"{call.DataFolder} can be written{(DataFolderLock.IsHeld(call.DataFolder) ? "; a process serves it" : "")}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem("store", $"{call.DataFolder} cannot be written: {e.Message}", "Check the disk's room and the folder's rights.");
        }
    }

    private async Task SystemAsync(HubSession hub, SystemId system, CancellationToken cancellationToken)
    {
        try
        {
            await VendorAsync(hub, system, cancellationToken);
        }
        catch (VendorUnavailableException e) // the other systems are looked at all the same
        {
            findings.Add(new(system.Name, CheckState.Problem, $"does not let itself be used: {e.Reason}", e.NeedsPerson ? "Check its credentials and rights." : "Try again later.") { Unavailable = true });
        }
        await StateAsync(hub, system, cancellationToken);
    }

    private async Task VendorAsync(HubSession hub, SystemId system, CancellationToken cancellationToken)
    {
        var connector = hub.Get<ConnectorSet>()[system];
        if (fix && connector is IVendorSetup setup)
            foreach (var made in await setup.EnsureCustomFieldsAsync(cancellationToken))
                Fine(system.Name, made);
        var problems = await connector.CheckAsync(cancellationToken);
        foreach (var problem in problems)
            Problem(system.Name, problem, connector is IVendorSetup && !fix ? "'stackhub doctor --fix' makes missing custom fields." : "Mend it in the tool.");
        if (problems.Count == 0)
            Fine(system.Name, "answers, with the rights and fields it needs.");
        var skew = hub.Get<ClockSkew>().Of(system);
        if (skew.Duration() >= ClockWrong)
            findings.Add(new(system.Name, CheckState.Warning, $"its clock is {skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's.", "Set this machine's clock by NTP; the hub allows for the difference meanwhile."));
    }

    private async Task StateAsync(HubSession hub, SystemId system, CancellationToken cancellationToken)
    {
        var state = await hub.Get<SystemStates>().GetAsync(system, cancellationToken);
        if (state.Paused is { } reason)
            findings.Add(new(system.Name, CheckState.Warning, $"paused since {Words.Time(state.PausedAt)}: {reason}", $"Look at 'stackhub plan --system {system}', then 'stackhub resume {system}'."));
        if (state.Stage == SystemStage.Baselined)
            findings.Add(new(system.Name, CheckState.Warning, "its first plan waits for approval.", $"Look at 'stackhub plan --system {system}', then 'stackhub approve {system}'."));
        foreach (var type in hub.Model.Systems[system].Objects)
            await FeedAsync(hub, system, type, cancellationToken);
    }

    private async Task FeedAsync(HubSession hub, SystemId system, ObjectInfo type, CancellationToken cancellationToken)
    {
        if (await hub.Get<CursorStore>().BackfillAsync(system, type.ObjectType, cancellationToken) is not { Done: true })
        {
            findings.Add(new($"{system} {type.ObjectType}", CheckState.Warning, "was not read in full yet.", $"Run 'stackhub backfill --system {system}'."));
            return;
        }
        var now = hub.Get<TimeProvider>().GetUtcNow();
        var allowed = Stale + (hub.Model.Systems[system].PollEvery * 3) + type.IndexLag;
        if (await hub.Get<CursorStore>().FeedAsync(system, type.ObjectType, cancellationToken) is { } position && now - position.Time > allowed)
            findings.Add(new($"{system} {type.ObjectType}", CheckState.Warning, $"its changes were read last {Words.Ago(position.Time, now)}.", "Run 'stackhub serve', or 'stackhub poll' for once."));
    }

    private static string Path(ConfigurationProblem problem) => problem.Path.Length == 0 ? "" : $"{problem.Path}: ";

    private void Fine(string area, string message) => findings.Add(new(area, CheckState.Fine, message));

    private void Problem(string area, string message, string cure) => findings.Add(new(area, CheckState.Problem, message, cure));
}
