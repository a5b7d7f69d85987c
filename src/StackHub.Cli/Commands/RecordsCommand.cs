using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Web.Paging;
using StackHub.Web.Records;

namespace StackHub.Cli.Commands;

/// <summary>Finds records.</summary>
internal static class RecordsCommand
{
    public static Command Make(CommandRunner runner)
    {
        var text = new Argument<string>("TEXT") { Description = "An address, domain, id or system/type/id; or any part of a value." };
        var kind = new Option<string?>("--kind") { Description = "Only this kind." };
        kind.AcceptOnlyFromAmong("person", "account", "opportunity");
        var take = Shared.Take(20);
        var search = new HubCommand("search", "Find records: exactly by key, or by a part of any value.", "stackhub records search ada@example.com", "stackhub records search lovelace --kind person")
            .With(text, kind, take)
            .Runs(runner, (call, cancellationToken) => SearchAsync(call, call.Value(text).Trim(), call.Value(kind), call.Value(take), cancellationToken));
        return new HubCommand("records", "Look at records.").With(search);
    }

    private static async Task<int> SearchAsync(Invocation call, string text, string? kindName, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        RecordKind? kind = kindName is null ? null : Enum.Parse<RecordKind>(kindName, ignoreCase: true);
        var found = await ByKeyAsync(hub, text, kind, cancellationToken) is { } one ? [one] : await ByValueAsync(hub, text, kind, take, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(new Page<RecordView>(found, null));
        if (found.Count == 0)
            throw new NotFoundException($"No record has '{text}' in its key or values.");
        call.Screen.Show(RecordTables.Of(found));
        if (found.Count == take)
            call.Screen.Say($"There may be more than {take:N0}; --take shows them.");
        return ExitCode.Fine;
    }

    private static async Task<RecordView?> ByKeyAsync(HubSession hub, string text, RecordKind? kind, CancellationToken cancellationToken) =>
        await hub.Get<RecordFinder>().FindAsync(text, cancellationToken) is { } id && await hub.Get<RecordStore>().ReadAsync(id, cancellationToken) is { } stored && (kind is null || stored.Record.Kind == kind)
            ? RecordView.Of(stored.Record, hub.Model, hub.Get<Redirects>().Follow)
            : null;

    private static async Task<IReadOnlyList<RecordView>> ByValueAsync(HubSession hub, string text, RecordKind? kind, int take, CancellationToken cancellationToken)
    {
        var found = new List<RecordView>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordPages>().ReadAsync(kind, next, 500, cancellationToken);
            found.AddRange(page.Where(record => record.MergedInto is null && record.Values.Values.Any(value => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)).Take(take - found.Count));
        }
        while (next is not null && found.Count < take);
        return found;
    }
}
