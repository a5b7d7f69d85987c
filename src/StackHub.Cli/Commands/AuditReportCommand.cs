using System.CommandLine;
using StackHub.Audit;
using StackHub.Audit.Measured;
using StackHub.Audit.Running;
using StackHub.Cli.CommandLine;
using StackHub.Web.Audit;

namespace StackHub.Cli.Commands;

/// <summary>The newest report of the stack audit as a file: for people, spreadsheets, programs and CI.</summary>
internal static class AuditReportCommand
{
    public static HubCommand Make(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = $"Its name's end says what it becomes: {string.Join(", ", AuditFiles.Formats)}." };
        return new HubCommand("report", "Write the newest report to a file.", "stackhub audit report audit.html", "stackhub audit report audit.sarif")
            .With(file)
            .Runs(runner, (call, cancellationToken) => WriteAsync(call, call.Value(file), cancellationToken));
    }

    private static async Task<int> WriteAsync(Invocation call, string path, CancellationToken cancellationToken)
    {
        var format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        if (!AuditFiles.Formats.Contains(format))
            return call.Screen.Fail($"'{path}' ends in none of {string.Join(", ", AuditFiles.Formats)}.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        using var desk = new AuditDesk(hub.Get<StackAudit>(), hub.Get<MeasuredStack>(), hub.Get<FindingStore>(), hub.Get<RunStore>(), hub.Get<AuditPlan>(), hub.Get<TimeProvider>());
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            throw new NotFoundException("Nothing was audited yet: 'stackhub audit run' does it.");
        var report = await AuditFiles.MakeAsync(format, model);
        await File.WriteAllBytesAsync(path, report!.Content, cancellationToken);
        return Done.Say(call, path, $"Wrote {path}: {model.Open.Count:N0} open findings on {model.Report.Stack.Tools.Length:N0} tools.");
    }
}
