using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Identity;
using StackHub.Sync.Actions;
using StackHub.Sync.Conflicts;
using StackHub.Web.Conflicts;
using StackHub.Web.Paging;

namespace StackHub.Cli.Commands;

/// <summary>What only a person can decide.</summary>
internal static class ConflictsCommand
{
    public static Command Make(CommandRunner runner)
    {
        var all = new Option<bool>("--all") { Description = "Closed ones too." };
        var take = Shared.Take(50);
        var list = new HubCommand("list", "Cases that wait for a decision, the likeliest pairs first. Exit code 1 when there are any.", "stackhub conflicts list", "stackhub conflicts list --all --json")
            .With(all, take)
            .Runs(runner, (call, cancellationToken) => ListAsync(call, call.Value(all), call.Value(take), cancellationToken));
        var mergeId = Id();
        var merge = new HubCommand("merge", "They are one: merge the pair of a conflict.", "stackhub conflicts merge ID")
            .With(mergeId)
            .Runs(runner, (call, cancellationToken) => MergeAsync(call, call.Value(mergeId), cancellationToken));
        var closeId = Id();
        var close = new HubCommand("close", "They are two, and are never proposed again; or release a field that tools fought over.", "stackhub conflicts close ID")
            .With(closeId)
            .Runs(runner, (call, cancellationToken) => CloseAsync(call, call.Value(closeId), cancellationToken));
        return new HubCommand("conflicts", "Decide what only a person can.").With(list, merge, close);
    }

    private static Argument<string> Id() => new("ID") { Description = "The conflict's id, as 'conflicts list' shows it." };

    private static async Task<int> ListAsync(Invocation call, bool all, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var found = await Pages.AllAsync<Conflict>(hub.Get<ConflictStore>().ListAsync, cancellationToken);
        var wanted = found.Where(conflict => all || conflict.Open).OrderByDescending(conflict => conflict.Probability ?? 2).ThenBy(conflict => conflict.At).ToArray();
        if (call.Screen.Json)
            call.Screen.Result(new Page<ConflictView>([.. wanted.Take(take).Select(ConflictView.Of)], null));
        foreach (var conflict in wanted.Take(call.Screen.Json ? 0 : take))
            Show(call.Screen, conflict);
        call.Screen.Say(wanted.Length == 0 ? "Nothing waits for a decision." : $"{Math.Min(take, wanted.Length):N0} of {wanted.Length:N0}.");
        return found.Any(conflict => conflict.Open) ? ExitCode.Problems : ExitCode.Fine;
    }

    /// <summary>Lines rather than a table: an id that is cut cannot be copied.</summary>
    private static void Show(Screen screen, Conflict conflict)
    {
        screen.Raw(conflict.Id);
        screen.Mark($"  [bold]{conflict.Kind}[/]{(conflict.Probability is { } probability ? $" {probability:P0} likely one" : "")}{(conflict.Open ? "" : " [green]closed[/]")} since {Words.Time(conflict.At)}{(conflict.System is { } system ? $", {Markup.Escape(system.Name)}" : "")}{(conflict.Field is { } field ? $", field {Markup.Escape(field)}" : "")}");
        if (conflict.Detail is { } detail)
            screen.Mark($"  {Markup.Escape(detail)}");
        if (conflict.Open)
            screen.Mark($"  [grey]{Advice(conflict)}[/]");
    }

    private static string Advice(Conflict conflict) => conflict.Kind switch
    {
        ConflictKind.PossibleDuplicate or ConflictKind.Contested when conflict.Other is { } other => $"Compare with 'stackhub explain {conflict.Record}' and '... {other}'; then 'conflicts merge ID' or 'conflicts close ID'.",
        ConflictKind.Fight => "Stop one of the tools' automations, or set a policy for the field; then 'conflicts close ID'.",
        ConflictKind.Ambiguous => "Merge the duplicates in that tool; then 'conflicts close ID'.",
        ConflictKind.OptOutReverted => "Find what opts people in there (an import, an automation, a form); then 'conflicts close ID'.",
        ConflictKind.MissingReference => "See why what it refers to is not created ('stackhub dead-letters list'); then 'conflicts close ID'.",
        ConflictKind.LeadWaits => "See 'stackhub why ID' with the record's id; raise a cap, or add somebody to the pool. It ends by itself.",
        _ => $"Look at 'stackhub explain {conflict.Record}'; then 'conflicts close ID'.",
    };

    private static async Task<int> MergeAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        await hub.Get<Redirects>().EnsureFreshAsync(cancellationToken);
        var conflict = await FindAsync(hub, id, cancellationToken);
        if (!await hub.Get<OperatorActions>().MergeAsync(id, cancellationToken))
            return call.Screen.Fail(conflict.Other is null ? "This conflict has no pair to merge; 'stackhub conflicts close' settles it." : "Not merged: a person said before that these two are not the same, or one of them went on in another record.", ExitCode.Problems);
        return Done.Say(call, id, "Merged; 'stackhub merges undo' takes it back.");
    }

    private static async Task<int> CloseAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        await FindAsync(hub, id, cancellationToken);
        await hub.Get<OperatorActions>().CloseAsync(id, cancellationToken);
        return Done.Say(call, id, "Closed.");
    }

    private static async Task<Conflict> FindAsync(HubSession hub, string id, CancellationToken cancellationToken) =>
        (Keys.IsKey(id) ? await hub.Get<ConflictStore>().GetAsync(id, cancellationToken) : null) ?? throw new NotFoundException($"There is no conflict '{id}'. 'stackhub conflicts list' shows them.");
}
