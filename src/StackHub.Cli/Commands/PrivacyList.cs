using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Privacy;
using StackHub.Web.Paging;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>The inbox.</summary>
internal static class PrivacyList
{
    public static Command Make(CommandRunner runner)
    {
        var take = Shared.Take(50);
        return new HubCommand("list", "Open requests, the earliest safe date first. Exit code 1 when one is overdue.", "stackhub privacy list", "stackhub privacy list --take 200 --json")
            .With(take)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(take), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        RequestLineView[] all = [.. (await hub.Get<RequestInbox>().ListAsync(cancellationToken)).Select(RequestLineView.Of)];
        RequestLineView[] shown = [.. all.Take(take)];
        if (call.Screen.Json)
            call.Screen.Result(new Page<RequestLineView>(shown, null));
        else if (all.Length > 0)
            call.Screen.Show(Table(shown));
        call.Screen.Say(all.Length == 0 ? "No request is open." : $"{shown.Length:N0} of {all.Length:N0}. 'stackhub privacy show ID' tells all of one.");
        return all.Any(line => line.Overdue) ? ExitCode.Problems : ExitCode.Fine;
    }

    private static Table Table(IEnumerable<RequestLineView> lines)
    {
        var table = SyncTables.New("Request", "Kind", "Stands at", "Safe date", "Waits for");
        foreach (var line in lines)
            table.AddRow(line.Id, line.Kind, line.State, Due(line), Markup.Escape(line.Needs ?? "-"));
        return table;
    }

    private static string Due(RequestLineView line) => line.SafeDay is not { } day ? "[yellow]no law[/]" : line.Overdue ? $"[red]{day:yyyy-MM-dd} overdue[/]" : $"{day:yyyy-MM-dd}";
}
