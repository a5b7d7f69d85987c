using System.CommandLine;
using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Audit.Running;
using StackHub.Cli.CommandLine;
using StackHub.Web.Audit;

namespace StackHub.Cli.Commands;

/// <summary>Keeps what came of a trial erasure that somebody made by hand.</summary>
internal static class AuditDrillCommand
{
    public static HubCommand Make(CommandRunner runner)
    {
        var tool = new Argument<string>("TOOL") { Description = "The tool it was made in." };
        var passed = new Option<bool>("--passed") { Description = "The synthetic person was gone in the end." };
        var failed = new Option<string?>("--failed") { Description = "The person could still be found: why, without anything of a person.", HelpName = "WHY" };
        var days = new Option<int?>("--days") { Description = "Days until the person was gone.", HelpName = "DAYS" };
        var day = new Option<string?>("--day") { Description = "The day of the trial; today when left out.", HelpName = "2026-12-01" };
        return new HubCommand("drill", "Record a trial erasure of a synthetic person in a tool.", "stackhub audit drill hubspot --passed --days 3", "stackhub audit drill mailchimp --failed \"the archive still had it\"")
            .With(tool, passed, failed, days, day)
            .Runs(runner, (call, cancellationToken) => RecordAsync(call, call.Value(tool), call.Value(passed), call.Value(failed), new(call.Value(passed), call.Value(day), call.Value(days), call.Value(failed)), cancellationToken));
    }

    private static async Task<int> RecordAsync(Invocation call, string name, bool passed, string? failed, DrillReport told, CancellationToken cancellationToken)
    {
        if (passed == (failed is not null))
            return call.Screen.Fail("Say either --passed or --failed WHY.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        var (result, wrong, cure) = told.Read(hub.Get<TimeProvider>().GetUtcNow());
        if (result is null)
            return call.Screen.Fail($"--{(wrong == "reason" ? "failed" : wrong)} is {cure}.", ExitCode.BadUsage);
        var found = AuditCommand.Find(await hub.Get<StackAudit>().ViewAsync(cancellationToken), hub.Get<IToolCatalogue>(), name);
        await hub.Get<AuditDrills>().RecordAsync(found, result, cancellationToken);
        return Done.Say(call, found.Id.Text, $"Recorded for {found.Name}: the trial {(passed ? "passed" : "failed")}. The next audit reckons with it.");
    }
}
