using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Privacy.Bulk;

namespace StackHub.Cli.Commands;

/// <summary>Requests by the list.</summary>
internal static class PrivacyBulk
{
    private const int Shown = 20;

    public static Command Make(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV whose first line names its columns." };
        var map = new Option<string[]>("--map") { Description = $"Which column is which field, where it has none of the usual names: email='Contact address'. Fields: {string.Join(", ", BulkColumns.FieldNames)}.", HelpName = "FIELD=COLUMN" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check, and file nothing." };
        var name = PrivacyShared.As();
        return new HubCommand("bulk", "File a CSV's rows, each once however often the file comes. Exit code 1 when rows could not be filed.", "stackhub privacy bulk requests.csv --dry-run", "stackhub privacy bulk requests.csv --map email='Contact address' --map kind=Wish")
            .With(file, map, dryRun, name)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(file), call.Value(map) ?? [], call.Value(dryRun), PrivacyShared.By(call, name), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string file, string[] map, bool dryRun, string by, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new NotFoundException($"There is no file '{file}'.");
        var mapping = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in map)
            if (pair.Split('=', 2) is [{ Length: > 0 } field, { Length: > 0 } column])
                mapping[field] = column;
            else
                return call.Screen.Fail($"--map '{pair}' is not FIELD=COLUMN.", ExitCode.BadUsage);
        await using var hub = await call.WorkAsync(cancellationToken);
        await using var content = File.OpenRead(file);
        var report = await hub.Get<BulkIntake>().RunAsync(content, mapping, by, dryRun, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(report);
        else
            Show(call.Screen, report);
        return report.Problems.Count > 0 ? ExitCode.BadUsage : report.Bad.Count > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private static void Show(Screen screen, BulkReport report)
    {
        foreach (var problem in report.Problems)
            screen.Warn(problem);
        if (report.Bad.Count > 0)
        {
            var table = SyncTables.New("Line", "Why it was not filed");
            foreach (var bad in report.Bad.Take(Shown))
                table.AddRow($"{bad.Line}", Markup.Escape(string.Join(' ', bad.Reasons)));
            screen.Show(table);
        }
        if (report.Bad.Count > Shown)
            screen.Say($"And {report.Bad.Count - Shown:N0} more; --json lists all.");
        screen.Say(report.DryRun ? $"{report.Good:N0} of {report.Rows:N0} rows can be filed. Nothing was." : $"{report.Good:N0} of {report.Rows:N0} rows were filed, or had been.");
    }
}
