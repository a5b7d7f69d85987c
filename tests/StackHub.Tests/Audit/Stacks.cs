using System.Collections.Frozen;
using System.Text;
using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;

namespace StackHub.Tests.Audit;

/// <summary>Small stacks for tests.</summary>
internal static class Stacks
{
    public static readonly LocalDate Today = new(2026, 12, 1);
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyDictionary<string, string> NoColumns = new Dictionary<string, string>();

    public static Tool Tool(string name, params string[] activated) => new(ToolId.Of(name), name)
    {
        Sources = ToolSources.List,
        Owner = new("owner@example.com"),
        Activated = [.. activated],
    };

    public static StackInventory Of(params Tool[] tools) => new(Now, Today) { Tools = [.. tools.OrderBy(tool => tool.Id)] };

    /// <summary>People by number, each with the day of the last login; null for never.</summary>
    public static StackInventory With(this StackInventory stack, params (string Tool, IEnumerable<int> People, LocalDate? Day)[] logins)
    {
        var usage = new UsageBuilder();
        foreach (var (tool, people, day) in logins)
            foreach (var person in people)
                usage.Add(ToolId.Of(tool), Person(person), day);
        return stack with { Usage = usage.Build() };
    }

    public static UserId Person(int number) => new($"person{number}@example.com");

    public static StackInventory WithLeavers(this StackInventory stack, params UserId[] people) =>
        stack with { Leavers = people.ToFrozenDictionary(person => person, person => new Leaver(person, new(2026, 11, 1))) };

    public static AuditView View(this StackInventory stack) => new(stack, AuditSettings.Default);

    public static Finding[] Findings(this StackInventory stack) => [.. AuditChecks.Find(stack.View())];

    public static Finding[] Findings(this StackInventory stack, string check) => [.. stack.Findings().Where(finding => finding.Check == check)];

    public static string Proves(this Finding finding, string evidence) => finding.Evidence.Single(one => one.Name == evidence).Value;

    public static RecordSketch Sketch(IEnumerable<int> people)
    {
        var sketch = new SketchBuilder();
        foreach (var person in people)
            sketch.Add($"person {person}");
        return sketch.Build();
    }

    public static Task<ImportReport> ReadAsync(this InventoryDraft draft, ImportKind kind, string text, long? before = null, IReadOnlyDictionary<string, string>? columns = null) =>
        ImportReader.ReadAsync("list", kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), columns ?? NoColumns, draft, ImportLimits.Default, before, CancellationToken.None);

    public static FrozenDictionary<ToolId, ToolRecords> ToFrozen(this Dictionary<ToolId, ToolRecords> records) => records.ToFrozenDictionary();

    public static FrozenDictionary<string, string> ToFrozenText(this Dictionary<string, string> texts) => texts.ToFrozenDictionary(StringComparer.Ordinal);

    public static InventoryDraft Draft() => new(new PlainNames(), Today);
}
