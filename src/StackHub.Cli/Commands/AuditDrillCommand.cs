using System.CommandLine;
using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Audit.Running;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Records;
using StackHub.Web.Audit;
using StackHub.Web.Shell;

namespace StackHub.Cli.Commands;

/// <summary>Makes a trial erasure in a connected tool, or keeps what came of one that somebody made by hand.</summary>
internal static class AuditDrillCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static HubCommand Make(CommandRunner runner)
    {
        var tool = new Argument<string>("TOOL") { Description = "The tool it was made in." };
        var make = new Option<bool>("--make") { Description = "Make one now, with a synthetic person in each of the tool's systems; again tells how far it is." };
        var passed = new Option<bool>("--passed") { Description = "The synthetic person was gone in the end." };
        var failed = new Option<string?>("--failed") { Description = "The person could still be found: why, without anything of a person.", HelpName = "WHY" };
        var days = new Option<int?>("--days") { Description = "Days until the person was gone.", HelpName = "DAYS" };
        var day = new Option<string?>("--day") { Description = "The day of the trial; today when left out.", HelpName = "2026-12-01" };
        return new HubCommand("drill", "Make a trial erasure of a synthetic person in a tool, or record one that was made by hand.", "stackhub audit drill hubspot --make", "stackhub audit drill gong --passed --days 3", "stackhub audit drill mailchimp --failed \"the archive still had it\"")
            .With(tool, make, passed, failed, days, day)
            .Runs(runner, (call, cancellationToken) => call.Value(make) ? MakeAsync(call, call.Value(tool)!, call.Value(passed) || call.Value(failed) is not null, cancellationToken) : RecordAsync(call, call.Value(tool), call.Value(passed), call.Value(failed), new(call.Value(passed), call.Value(day), call.Value(days), call.Value(failed)), cancellationToken));
    }

    private static async Task<int> RecordAsync(Invocation call, string name, bool passed, string? failed, DrillReport told, CancellationToken cancellationToken)
    {
        if (passed == (failed is not null))
            return call.Screen.Fail("Say either --make, --passed or --failed WHY.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        var (result, wrong, cure) = told.Read(hub.Get<TimeProvider>().GetUtcNow());
        if (result is null)
            return call.Screen.Fail($"--{(wrong == "reason" ? "failed" : wrong)} is {cure}.", ExitCode.BadUsage);
        var found = AuditCommand.Find(await hub.Get<StackAudit>().ViewAsync(cancellationToken), hub.Get<IToolCatalogue>(), name);
        await hub.Get<AuditDrills>().RecordAsync(found, result, cancellationToken);
        return Done.Say(call, found.Id.Text, $"Recorded for {found.Name}: the trial {(passed ? "passed" : "failed")}. The next audit reckons with it.");
    }

    private static async Task<int> MakeAsync(Invocation call, string name, bool tellsToo, CancellationToken cancellationToken)
    {
        if (tellsToo)
            return call.Screen.Fail("Say either --make, --passed or --failed WHY.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        var tool = AuditCommand.Find(await hub.Get<StackAudit>().ViewAsync(cancellationToken), hub.Get<IToolCatalogue>(), name);
        if (!tool.IsConnected)
            return call.Screen.Fail($"The hub is not connected to {tool.Name}: make it by hand and tell --passed or --failed WHY.", ExitCode.BadUsage);
        var made = new List<Trial>();
        foreach (var system in tool.Systems.Select(system => new SystemId(system)))
            if (await MakeAsync(hub, system, cancellationToken) is { } trial)
                made.Add(trial);
            else
                call.Screen.Warn($"{system}: {await hub.Get<Trials>().ObstacleAsync(system, cancellationToken)}");
        if (call.Screen.Json)
            call.Screen.Result<IReadOnlyList<DrillView>>([.. made.Select(DrillView.Of)]);
        else
            foreach (var trial in made)
                call.Screen.Say($"{trial.System}: {Words(trial)}");
        return made.Count > 0 && made.All(trial => trial.Stage is not (TrialStage.Failed or TrialStage.NotMade)) ? ExitCode.Fine : ExitCode.Problems;
    }

    /// <summary>As far as it goes while somebody waits.</summary>
    private static async Task<Trial?> MakeAsync(HubSession hub, SystemId system, CancellationToken cancellationToken)
    {
        var time = hub.Get<TimeProvider>();
        var trial = await hub.Get<Trials>().StartAsync(system, "command line", cancellationToken);
        while (trial is { IsOver: false } && trial.NextAt - time.GetUtcNow() is var left && left < Patience)
        {
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            trial = await hub.Get<Trials>().StartAsync(system, "command line", cancellationToken);
        }

        return trial;
    }

    private static string Words(Trial trial) => trial switch
    {
        { Took: { } took, Stage: TrialStage.Passed } => $"gone, {Ages.Of(took)} after it was asked for. The next audit reckons with it.",
        { Failure: { } failure } => $"{failure}.",
        _ => $"{AuditPhrases.Of(trial.Stage).Words.ToLowerInvariant()}. The hub goes on every hour; the same command looks now.",
    };
}
