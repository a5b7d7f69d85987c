using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Records;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Runs;
using StackHub.Web.Plan;

namespace StackHub.Cli.Commands;

/// <summary>What would be written, and why, without writing.</summary>
internal static class PlanCommand
{
    public static Command Make(CommandRunner runner)
    {
        var system = Shared.System();
        var take = Shared.Take(20);
        return new HubCommand("plan", "Show what would be written and why; sends nothing. Exit code 1 when conflicts are open.",
            "stackhub plan", "stackhub plan --system salesforce --take 100", "stackhub plan --json | jq .counts")
            .With(system, take)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), call.Value(take), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string? name, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        SystemId? system = name is null ? null : hub.System(name);
        var counts = await hub.Get<SyncPlan>().CountAsync(system, cancellationToken);
        var writes = await FirstAsync(hub, system, take, cancellationToken);
        var conflicts = (await Pages.AllAsync<Conflict>(hub.Get<ConflictStore>().ListAsync, cancellationToken)).Count(conflict => conflict.Open);
        if (call.Screen.Json)
            call.Screen.Result(new PlanPage(counts.ToDictionary(count => count.Key.Name, count => count.Value), writes, null));
        call.Screen.Show(SyncTables.Of(counts));
        Show(call.Screen, writes, counts.Values.Sum(count => count.Creates + count.Updates));
        await ShowWithheldAsync(call.Screen, hub, system, take, counts.Values.Sum(count => count.Withheld), cancellationToken);
        if (conflicts > 0)
            call.Screen.Warn($"{conflicts:N0} conflicts are open: 'stackhub conflicts list'.");
        return conflicts > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private static async Task<IReadOnlyList<WriteView>> FirstAsync(HubSession hub, SystemId? system, int take, CancellationToken cancellationToken)
    {
        var writes = new List<WriteView>();
        await foreach (var write in hub.Get<SyncPlan>().ListAsync(system, cancellationToken))
        {
            writes.Add(new(write.System, write.ObjectType, write.Record, write.Link, [.. write.Fields.Select(FieldView.Of)]));
            if (writes.Count == take)
                break;
        }
        return writes;
    }

    /// <summary>What differs and is not written, since a person has not allowed it.</summary>
    private static async Task ShowWithheldAsync(Screen screen, HubSession hub, SystemId? system, int take, int all, CancellationToken cancellationToken)
    {
        if (all == 0)
            return;
        screen.Say($"{all:N0} differences stay here:");
        await foreach (var (record, withheld) in hub.Get<SyncPlan>().WithheldAsync(system, cancellationToken).Take(take).WithCancellation(cancellationToken))
            screen.Mark($"  [grey]record {record}[/] {ExplanationView.Withheld(withheld)}");
    }

    private static void Show(Screen screen, IReadOnlyList<WriteView> writes, int all)
    {
        if (all == 0)
        {
            screen.Say("Nothing to write: every tool says the same.");
            return;
        }
        foreach (var write in writes)
            screen.Show(PlanTree.Of(write));
        screen.Say(writes.Count < all ? $"The first {writes.Count:N0} of {all:N0} records; --take shows more." : $"{all:N0} records.");
    }
}

/// <summary>A planned write as a tree: the record, below it each field with what is held, what is wanted and why.</summary>
internal static class PlanTree
{
    public static Tree Of(WriteView write)
    {
        var tree = new Tree(write.Link is { } link
            ? $"[bold]update[/] {Markup.Escape(link.ToString())}  [grey]record {write.Record}[/]"
            : $"[bold green]create[/] {Markup.Escape($"{write.System}/{write.ObjectType}")}  [grey]record {write.Record}[/]").Style(new Style(Color.Grey));
        foreach (var field in write.Fields)
            tree.AddNode($"[bold]{Markup.Escape(field.Field)}[/]: {Words.Value(field.Held)} -> {Words.Value(field.Wanted)}  [grey]{Markup.Escape(Why(field))}[/]");
        return tree;
    }

    private static string Why(FieldView field) => field.Author is { } author
        ? $"{author.System} said so {Words.Time(field.AuthoredAt)}; {field.Why}"
        : field.Why ?? "placeholder: the tool requires a value";
}
