using Spectre.Console;
using StackHub.Web.Records;

namespace StackHub.Cli.Output;

/// <summary>Records in a list: enough to know them by.</summary>
internal static class RecordTables
{
    public static Table Of(IReadOnlyList<RecordView> records)
    {
        var table = SyncTables.New("Kind", "Name", "Known by", "In", "Id");
        foreach (var record in records)
            table.AddRow(record.Kind.ToString().ToLowerInvariant(), Markup.Escape(Name(record)), Markup.Escape(Key(record)), Markup.Escape(string.Join(", ", record.Links.Select(link => link.System.Name).Distinct())), record.Id.ToString());
        return table;
    }

    private static string Name(RecordView record) =>
        string.Join(' ', new[] { record.Values.GetValueOrDefault("firstName"), record.Values.GetValueOrDefault("lastName"), record.Values.GetValueOrDefault("name") }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Key(RecordView record) => record.Values.GetValueOrDefault("email") ?? record.Values.GetValueOrDefault("domain") ?? "";
}
