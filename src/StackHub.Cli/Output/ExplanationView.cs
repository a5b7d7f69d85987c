using Spectre.Console;
using Spectre.Console.Rendering;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Sync;
using StackHub.Sync.Explain;

namespace StackHub.Cli.Output;

/// <summary>An explanation on the terminal: a table where there is room, a tree where there is not.</summary>
internal static class ExplanationView
{
    private const int TableFrom = 100;

    public static void Show(Screen screen, Explanation explanation)
    {
        screen.Show(new Rule($"[bold]{explanation.Kind}[/] {explanation.Id}").LeftJustified());
        if (explanation.MergedInto is { } survivor)
            screen.Mark($"[yellow]It lives on in {survivor}[/] (merged).");
        if (explanation.Absorbed.Count > 0)
            screen.Mark($"Merged into it: {string.Join(", ", explanation.Absorbed)}");
        if (explanation.Contested)
            screen.Mark("[yellow]Contested:[/] another record owns an address of this one; 'stackhub conflicts list' has the case.");
        if (explanation.RestrictedSince is { } restricted)
            screen.Mark($"[yellow]Restricted[/] since {Words.Time(restricted)}: nothing is taken in, and nothing is written.");
        foreach (var link in explanation.Links)
            screen.Mark($"  {Link(link)}");
        foreach (var purpose in explanation.Purposes)
            screen.Mark($"  {(purpose.Allowed ? "[green]allowed[/]" : "[yellow]refused[/]")} {Markup.Escape(purpose.Name)} [grey]{Markup.Escape(purpose.Why)}[/]");
        foreach (var withheld in explanation.Withheld)
            screen.Mark($"  [yellow]stays here[/] {Withheld(withheld)}");
        screen.Say("");
        var silent = explanation.Fields.Where(field => field.Winner is null).Select(field => field.Name).ToArray();
        var told = explanation with { Fields = [.. explanation.Fields.Where(field => field.Winner is not null)] };
        screen.Show(screen.Width >= TableFrom ? Table(told) : Tree(told));
        if (silent.Length > 0)
            screen.Mark($"[grey]Nobody said anything of: {Markup.Escape(string.Join(", ", silent))}[/]");
    }

    /// <summary>What does not leave the hub, for where, and why.</summary>
    public static string Withheld(Withheld withheld) =>
        $"{Markup.Escape(withheld.Field ?? "the record")} [grey]for {Markup.Escape(withheld.Link?.ToString() ?? $"{withheld.System}/{withheld.ObjectType}")}: {Markup.Escape(withheld.Reason)}[/]";

    /// <summary>What the hub decides itself is kept like a tool's word, and is none.</summary>
    private static string Link(ExplainedLink link) => link.Ref.System == HubAuthor.System ? $"the hub's own decisions [grey]since {Words.Time(link.SeenAt)}, by the rules of stackhub.yaml[/]" : $"{Markup.Escape(link.Ref.ToString())} [grey]" + (link switch
    {
        { MovedTo: { } to } => $"went on as {Markup.Escape(to.ToString())}",
        { Active: false } => $"deleted there {Words.Time(link.DeletedAt)}",
        _ => $"seen {Words.Time(link.SeenAt)}",
    }) + "[/]";

    private static Table Table(Explanation explanation)
    {
        var table = SyncTables.New("Field", "Value", "Said by", "Policy and why", "In the tools").ShowRowSeparators();
        foreach (var field in explanation.Fields)
            table.AddRow(
                new Markup($"[bold]{Markup.Escape(field.Name)}[/]{Frozen(field)}"),
                new Markup(Words.Value(field.Value)),
                new Markup(field.Winner is { } winner ? $"{Markup.Escape(Name(winner.System))}\n[grey]{Words.Time(field.AuthoredAt)}[/]" : "[grey]nobody[/]"),
                new Markup($"{Markup.Escape(field.Policy)}\n[grey]{Markup.Escape(field.Reason)}[/]"),
                Lines([.. field.Holdings.Where(IsTool).Select(holding => Holding(field, holding)), .. field.Losers.Select(claim => Loser(field, claim))]));
        return table;
    }

    private static Tree Tree(Explanation explanation)
    {
        var tree = new Tree("Fields").Style(new Style(Color.Grey));
        foreach (var field in explanation.Fields)
        {
            var node = tree.AddNode($"[bold]{Markup.Escape(field.Name)}[/] = {Words.Value(field.Value)}{Frozen(field)}");
            if (field.Winner is { } winner)
                node.AddNode($"{Markup.Escape(Name(winner.System))} said so {Words.Time(field.AuthoredAt)}");
            node.AddNode($"[grey]{Markup.Escape(field.Policy)}: {Markup.Escape(field.Reason)}[/]");
            foreach (var loser in field.Losers)
                node.AddNode(Loser(field, loser));
            foreach (var holding in field.Holdings.Where(IsTool))
                node.AddNode(Holding(field, holding));
        }
        return tree;
    }

    private static string Name(SystemId system) => system == HubAuthor.System ? "the hub" : system.Name;

    private static bool IsTool(ExplainedHolding holding) => holding.Link.System != HubAuthor.System;

    private static string Frozen(ExplainedField field) => field.FrozenSince is { } since ? $" [red]frozen since {Words.Time(since)}: tools fight over it[/]" : "";

    private static string Loser(ExplainedField field, ExplainedClaim claim) => claim.Value == field.Value
        ? $"[grey]{Markup.Escape(Name(claim.Link.System))} said the same {Words.Time(claim.AuthoredAt)}[/]"
        : $"[yellow]lost[/] {Markup.Escape(Name(claim.Link.System))} said {Words.Value(claim.Value)} [grey]{Words.Time(claim.AuthoredAt)}, {Markup.Escape(claim.Why)}[/]";

    /// <summary>The value only where it is another one than the canonical.</summary>
    private static string Holding(ExplainedField field, ExplainedHolding holding)
    {
        var same = holding.Value == field.Value;
        var since = holding.WrittenAt is { } at ? $" {Words.Time(at)}" : "";
        var author = holding.OnBehalfOf is { } source && source.System != holding.Link.System ? $" for {Markup.Escape(Name(source.System))}" : "";
        return $"{(same ? "[green]has it[/]" : $"[yellow]has[/] {Words.Value(holding.Value)}")} {Markup.Escape(holding.Link.System.Name)} [grey]{Markup.Escape(holding.State)}{author}{since}[/]";
    }

    private static IRenderable Lines(IReadOnlyList<string> lines) => new Rows(lines.Select(line => new Markup(line)));
}
