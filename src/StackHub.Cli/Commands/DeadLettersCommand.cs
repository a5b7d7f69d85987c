using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Sync.Actions;
using StackHub.Sync.DeadLetters;
using StackHub.Web.DeadLetters;
using StackHub.Web.Paging;

namespace StackHub.Cli.Commands;

/// <summary>Work that did not succeed, and trying it again.</summary>
internal static class DeadLettersCommand
{
    public static Command Make(CommandRunner runner)
    {
        var take = Shared.Take(50);
        var system = Shared.System();
        var list = new HubCommand("list", "What was refused and why: a summary, then the newest ones. Exit code 1 when there are any.", "stackhub dead-letters list", "stackhub dead-letters list --system hubspot --json")
            .With(system, take)
            .Runs(runner, (call, cancellationToken) => ListAsync(call, call.Value(system), call.Value(take), cancellationToken));
        var id = new Argument<string?>("ID") { Description = "The dead letter's id.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All of them." };
        var replay = new HubCommand("replay", "Try again what was refused.", "stackhub dead-letters replay ID", "stackhub dead-letters replay --all")
            .With(id, all)
            .Runs(runner, (call, cancellationToken) => ReplayAsync(call, call.Value(id), call.Value(all), cancellationToken));
        replay.Validators.Add(result =>
        {
            if (result.GetValue(id) is null != result.GetValue(all))
                result.AddError("Give one dead letter's ID, or --all.");
        });
        return new HubCommand("dead-letters", "See what was refused and try it again.").With(list, replay);
    }

    private static async Task<int> ListAsync(Invocation call, string? name, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var systems = hub.Systems(name);
        var letters = (await Pages.AllAsync<DeadLetter>(hub.Get<DeadLetterStore>().ListAsync, cancellationToken))
            .Where(letter => name is null || (letter.System is { } system && systems.Contains(system))).Reverse().ToArray();
        if (call.Screen.Json)
            call.Screen.Result(new Page<DeadLetterView>([.. letters.Take(take).Select(DeadLetterView.Of)], null));
        else
            Show(call.Screen, letters, take);
        return letters.Length > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private static void Show(Screen screen, DeadLetter[] letters, int take)
    {
        if (letters.Length == 0)
        {
            screen.Say("Nothing was refused.");
            return;
        }
        var summary = SyncTables.New("System", "Field").Numbers("Count").AddColumn("[bold]Code[/]").AddColumn("[bold]The tool's words[/]");
        foreach (var group in letters.GroupBy(letter => (System: letter.System?.Name ?? letter.Queue, letter.Field, letter.Code, letter.Message)).OrderByDescending(group => group.Count()))
            summary.AddRow(Markup.Escape(group.Key.System ?? ""), Markup.Escape(group.Key.Field ?? "(record)"), $"{group.Count():N0}", Markup.Escape(group.Key.Code), Markup.Escape(group.Key.Message));
        screen.Show(summary);
        foreach (var letter in letters.Take(take))
            screen.Raw($"{letter.Id}  {Words.Time(letter.At)}");
        screen.Say($"{Math.Min(take, letters.Length):N0} of {letters.Length:N0}. Mend the cause in the tool or the mapping, then 'stackhub dead-letters replay ID' or '--all'.");
    }

    private static async Task<int> ReplayAsync(Invocation call, string? id, bool all, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        string[] ids = all ? [.. (await Pages.AllAsync<DeadLetter>(hub.Get<DeadLetterStore>().ListAsync, cancellationToken)).Select(letter => letter.Id)] : [id!];
        var done = new List<string>();
        foreach (var letter in ids)
            if (Keys.IsKey(letter) && await hub.Get<OperatorActions>().ReplayAsync(letter, cancellationToken))
                done.Add(letter);
        if (done.Count == 0 && !all)
            throw new NotFoundException($"There is no dead letter '{id}'. 'stackhub dead-letters list' shows them.");
        if (call.Screen.Json)
            call.Screen.Result(new DoneTo(done));
        call.Screen.Say($"{done.Count:N0} tried again by the serving hub, or by the next 'stackhub sync'.");
        return ExitCode.Fine;
    }
}
