using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Sync.Runs;
using StackHub.Web.Systems;

namespace StackHub.Cli.Commands;

/// <summary>How a system stands.</summary>
/// <param name="Read">Records its full read has brought, and whether it is at its end.</param>
/// <param name="ReadUpTo">Its change feed is read to here, on the vendor's clock.</param>
public sealed record SystemStatus(SystemView System, long Read, bool ReadDone, DateTimeOffset? ReadUpTo);

/// <summary>How the hub stands.</summary>
/// <param name="Served">A process serves the data folder now.</param>
public sealed record HubStatus(bool Served, IReadOnlyList<SystemStatus> Systems, IReadOnlyDictionary<string, int> Queues, int OpenConflicts, int DeadLetters);

/// <summary>The state of the hub at a glance, without calling a vendor.</summary>
internal static class StatusCommand
{
    public static Command Make(CommandRunner runner) =>
        new HubCommand("status", "Systems, outboxes, feeds, pauses and what waits for a person, at a glance.", "stackhub status", "watch stackhub status").Runs(runner, RunAsync);

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var status = await ReadAsync(hub, call.DataFolder, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(status);
        else
            Show(call.Screen, status, hub.Get<TimeProvider>().GetUtcNow());
        return ExitCode.Fine;
    }

    private static async Task<HubStatus> ReadAsync(HubSession hub, string folder, CancellationToken cancellationToken)
    {
        var systems = new List<SystemStatus>();
        foreach (var system in hub.Model.Order)
            systems.Add(await ReadAsync(hub, system, cancellationToken));
        var queues = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var queue in Queues.All)
            queues[queue] = await hub.Get<IMessageQueue>().CountAsync(queue, cancellationToken);
        var conflicts = await Pages.AllAsync<Conflict>(hub.Get<ConflictStore>().ListAsync, cancellationToken);
        var letters = await Pages.AllAsync<DeadLetter>(hub.Get<DeadLetterStore>().ListAsync, cancellationToken);
        return new(DataFolderLock.IsHeld(folder), systems, queues, conflicts.Count(conflict => conflict.Open), letters.Count);
    }

    private static async Task<SystemStatus> ReadAsync(HubSession hub, SystemId system, CancellationToken cancellationToken)
    {
        var (read, done, upTo) = (0L, true, (DateTimeOffset?)null);
        foreach (var type in hub.Model.Systems[system].Objects)
        {
            var place = await hub.Get<CursorStore>().BackfillAsync(system, type.ObjectType, cancellationToken);
            var feed = await hub.Get<CursorStore>().FeedAsync(system, type.ObjectType, cancellationToken);
            read += place?.Records ?? 0;
            done &= place is { Done: true };
            upTo = upTo is null || feed?.Time < upTo ? feed?.Time : upTo;
        }
        return new(await hub.Get<SystemReader>().ReadAsync(system, cancellationToken), read, done, upTo);
    }

    private static void Show(Screen screen, HubStatus status, DateTimeOffset now)
    {
        var table = SyncTables.New("System", "Stage", "Mode").Numbers("Read", "Outbox").AddColumn("[bold]Feed read up to[/]").AddColumn("[bold]State[/]");
        foreach (var entry in status.Systems)
            table.AddRow(Markup.Escape(entry.System.Id.Name), entry.System.Stage.ToString().ToLowerInvariant(), entry.System.Mode.ToString().ToLowerInvariant(), $"{entry.Read:N0}{(entry.ReadDone ? "" : " [yellow]unfinished[/]")}",
                $"{entry.System.Outbox.Count:N0}{(entry.System.Outbox.AtLeast ? "+" : "")}", Words.Ago(entry.ReadUpTo, now), State(entry.System));
        screen.Show(table);
        screen.Say(status.Served ? "A process serves this folder." : "Nobody serves this folder: 'stackhub serve' does.");
        screen.Say($"Waiting messages: {string.Join(", ", status.Queues.Select(queue => $"{queue.Key} {queue.Value:N0}"))}. Open conflicts: {status.OpenConflicts:N0}. Dead letters: {status.DeadLetters:N0}.");
    }

    private static string State(SystemView system) =>
        system.Paused is { } reason ? $"[yellow]paused: {Markup.Escape(reason)}[/]"
        : system.BlockedUntil is { } until ? $"[yellow]left alone until {Words.Time(until)}[/]"
        : system.Writes ? "[green]writes[/]"
        : "reads only";
}
