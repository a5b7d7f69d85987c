using System.Collections.Immutable;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;

namespace StackHub.Audit.Reading;

/// <summary>Reads the file of a tool that somebody wants: <c>{ tool: Braze, capabilities: [email-marketing, push], seats: 20, seatPrice: 90 }</c>.</summary>
public static class CandidateReader
{
    private static readonly Key<string> Name = new("tool", new TextValue(), "Its name.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Capabilities = new("capabilities", new Names("A list of capabilities"), "What it is wanted for; without it all that the catalogue says it can do.");
    private static readonly Key<int?> Seats = new("seats", new WholeNumber(0, 10_000_000), "How many would use it.");
    private static readonly Key<int?> SeatPrice = new("seatPrice", new WholeNumber(0, 1_000_000), "What a seat costs a month.");
    private static readonly Key<int?> YearlyCost = new("yearlyCost", new WholeNumber(0, 1_000_000_000), "What it costs a year.");
    private static readonly SectionOf Shape = new("A tool", [Name, Capabilities, Seats, SeatPrice, YearlyCost]);

    /// <summary>The tool, or everything that is wrong with its file.</summary>
    public static (Tool? Candidate, IReadOnlyList<ConfigurationProblem> Problems) Read(string text, string file, IToolCatalogue catalogue, NodaTime.LocalDate today)
    {
        var problems = new ProblemList(file, 1 + text.AsSpan().Count('\n'));
        var section = NodeReader.Read(text, problems) is { } root ? Shape.Read(root, "", problems) : null;
        var tool = section?.Get(Name) is { } name ? Tool(section, name, new(catalogue, today)) : null;
        if (problems.Count == 0 && tool is null)
            problems.Add(new(1, 1), "", "The file is empty.", "Write tool: and its name.");
        if (tool is { Activated.IsEmpty: true })
            section!.Problem(Capabilities, "The catalogue does not say what this tool does.", "Add capabilities: and what it is wanted for.");
        return problems.Count > 0 ? (null, problems.Found) : (tool, []);
    }

    private static Tool Tool(Section section, string name, InventoryDraft draft)
    {
        var tool = draft.Tool(name);
        tool.AddActivated((section.Get(Capabilities) ?? []).Select(capability => capability.Text));
        tool.Seats = section.Get(Seats);
        tool.SeatPrice = section.Get(SeatPrice);
        tool.YearlyCost = section.Get(YearlyCost);
        return tool.Build();
    }
}
