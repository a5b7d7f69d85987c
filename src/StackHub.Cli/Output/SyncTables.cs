using Spectre.Console;
using StackHub.Cli.Rounds;
using StackHub.Records;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Output;

/// <summary>The tables of reading, planning and writing.</summary>
internal static class SyncTables
{
    public static Table Of(IReadOnlyList<ReadResult> results)
    {
        var table = New("System", "Type").Numbers("Records");
        foreach (var result in results)
            table.AddRow(Markup.Escape(result.System.Name), Markup.Escape(result.ObjectType), $"{result.Records:N0}");
        return table;
    }

    public static Table Of(IReadOnlyDictionary<SystemId, PlanCount> counts)
    {
        var table = New("System").Numbers("Create", "Update", "Fields", "Values replaced", "Calls, at least", "Withheld");
        foreach (var (system, count) in counts.OrderBy(entry => entry.Key))
            table.AddRow(Markup.Escape(system.Name), Number(count.Creates), Number(count.Updates), Number(count.Fields), Number(count.Overwrites), Number(count.Calls), Number(count.Withheld));
        return table;
    }

    public static Table Of(IReadOnlyList<WriteResult> results)
    {
        var table = New("System").Numbers("Created", "Updated", "Unchanged", "Refused", "Waiting", "Calls", "Seconds").AddColumn("State");
        foreach (var result in results)
            table.AddRow(Markup.Escape(result.System.Name), Count(result, result.Created), Count(result, result.Updated), Count(result, result.Unchanged), Bad(result.Refused), Bad(result.Waiting),
                Count(result, result.Calls), $"{result.Seconds:0.0}", State(result));
        return table;
    }

    public static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var column in columns)
            table.AddColumn($"[bold]{Markup.Escape(column)}[/]");
        return table;
    }

    public static Table Numbers(this Table table, params string[] columns)
    {
        foreach (var column in columns)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(column)}[/]").RightAligned());
        return table;
    }

    public static string Number(long value) => value == 0 ? "[grey]0[/]" : $"{value:N0}";

    public static string Bad(long value) => value == 0 ? "[grey]0[/]" : $"[yellow]{value:N0}[/]";

    private static string Count(WriteResult result, long value) => result.Elsewhere ? "[grey]-[/]" : Number(value);

    private static string State(WriteResult result) =>
        result.Held is { } held ? $"[yellow]{Markup.Escape(held)}[/]"
        : result.Stuck ? "[red]does not get on[/]"
        : result.Elsewhere ? "done by the serving hub"
        : "[green]done[/]";
}
