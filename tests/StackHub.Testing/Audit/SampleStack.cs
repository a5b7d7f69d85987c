using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using StackHub.Audit.Catalogue;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;

namespace StackHub.Testing.Audit;

/// <summary>The shipped sample inventory, read as the hub reads it.</summary>
public static partial class SampleStack
{
    /// <summary>The day its files were exported.</summary>
    public static readonly LocalDate Today = new(2026, 12, 1);

    public static readonly IReadOnlyList<(string File, ImportKind Kind)> Files =
        [("tools.csv", ImportKind.Tools), ("invoices.csv", ImportKind.Invoices), ("sso.csv", ImportKind.Accounts), ("logins.json", ImportKind.Accounts), ("contracts.csv", ImportKind.Contracts), ("people.csv", ImportKind.People)];

    public static string Folder { get; } = Find();

    public static async Task<(StackInventory Stack, IReadOnlyList<ImportReport> Reports)> ReadAsync(CancellationToken cancellationToken)
    {
        var draft = new InventoryDraft(ToolCatalogue.Shipped, Today);
        var reports = new List<ImportReport>();
        foreach (var (file, kind) in Files)
        {
            await using var content = File.OpenRead(Path.Combine(Folder, file));
            reports.Add(await ImportReader.ReadAsync(file, kind, content, FrozenDictionary<string, string>.Empty, draft, ImportLimits.Default, rowsBefore: null, cancellationToken));
        }

        var at = Today.AtMidnight().InUtc().ToDateTimeOffset().AddHours(6);
        return (new(at, Today)
        {
            Tools = draft.Build(),
            Usage = draft.Usage.Build(),
            Leavers = draft.Leavers(),
            Rarity = ToolCatalogue.Shipped.Rarity,
            Sources = [.. reports.Select(report => new SourceHealth(report.Name, report.Rejected, Today, report.Rows, report.BadRows))],
        }, reports);
    }

    /// <summary>A file of the sample as if it had been exported on that day: all its dates are moved by as much.</summary>
    public static Stream OpenAs(string file, LocalDate day)
    {
        var days = Period.DaysBetween(Today, day);
        var text = Date().Replace(File.ReadAllText(Path.Combine(Folder, file)), date => LocalDatePattern.Iso.Format(LocalDatePattern.Iso.Parse(date.Value).Value.PlusDays(days)));
        return new MemoryStream(Encoding.UTF8.GetBytes(text));
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Date();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "samples", "stack-audit") is var found && Directory.Exists(found))
                return found;
        throw new DirectoryNotFoundException("The folder samples/stack-audit is in none of the folders above the tests.");
    }
}
