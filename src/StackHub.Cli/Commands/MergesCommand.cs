using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Sync.Actions;
using StackHub.Web.Paging;

namespace StackHub.Cli.Commands;

/// <summary>Merges that were made, and taking them back.</summary>
internal static class MergesCommand
{
    public static Command Make(CommandRunner runner)
    {
        var take = Shared.Take(50);
        var list = new HubCommand("list", "Records that were found to be one, newest first.", "stackhub merges list --take 200")
            .With(take)
            .Runs(runner, (call, cancellationToken) => ListAsync(call, call.Value(take), cancellationToken));
        var id = new Argument<string>("ID") { Description = "The id of the record that was merged away, as 'merges list' shows it." };
        var undo = new HubCommand("undo", "Take a merge back: both are written out as what they are, and never merged again on their own.", "stackhub merges undo 01a2056be11c73deb2d0e74db2818caa")
            .With(id)
            .Runs(runner, (call, cancellationToken) => UndoAsync(call, call.Value(id), cancellationToken));
        return new HubCommand("merges", "See merges and take them back.").With(list, undo);
    }

    private static async Task<int> ListAsync(Invocation call, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var all = await Pages.AllAsync<MergeEntry>(hub.Get<RecordMerger>().ListAsync, cancellationToken);
        MergeEntry[] shown = [.. all.OrderByDescending(merge => merge.At).ThenBy(merge => merge.Loser).Take(take)];
        if (call.Screen.Json)
            call.Screen.Result(new Page<MergeEntry>(shown, null));
        if (all.Count == 0)
        {
            call.Screen.Say("Nothing was merged.");
            return ExitCode.Fine;
        }
        var table = SyncTables.New("Merged away", "Lives on in", "When", "Why", "Its links");
        foreach (var merge in shown)
            table.AddRow(merge.Loser.ToString(), merge.Survivor.ToString(), Words.Time(merge.At), Markup.Escape(merge.Reason) + (merge.UndoneAt is { } undone ? $" [yellow]undone {Words.Time(undone)}[/]" : ""), Markup.Escape(string.Join('\n', merge.Links)));
        call.Screen.Show(table);
        call.Screen.Say($"{shown.Length:N0} of {all.Count:N0}. 'stackhub merges undo ID' takes one back.");
        return ExitCode.Fine;
    }

    private static async Task<int> UndoAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        await hub.Get<Redirects>().EnsureFreshAsync(cancellationToken);
        if (RecordId.TryParse(id) is not { } loser || !await hub.Get<OperatorActions>().UndoMergeAsync(loser, cancellationToken))
            throw new NotFoundException($"There is no merge of '{id}' that could be undone. 'stackhub merges list' shows them; give the id under 'Merged away'.");
        return Done.Say(call, loser.ToString(), "The merge is undone; both records are written out by the serving hub, or by the next 'stackhub sync'.");
    }
}
