using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Identity;
using StackHub.Routing.Ledger;
using StackHub.Web.Routing;

namespace StackHub.Cli.Commands;

/// <summary>Why a lead went where it went, and why not to somebody.</summary>
internal static class WhyCommand
{
    public static Command Make(CommandRunner runner)
    {
        var query = new Argument<string>("LEAD") { Description = "An e-mail address, a record's id, or a tool's record as system/type/id." };
        var owner = new Option<string?>("--owner") { Description = "Why not to this one: the first check they failed." };
        return new HubCommand("why", "Why a lead has its owner: what was considered, who was not chosen and why. Exit code 1 when it was never routed.",
            "stackhub why ada@example.com", "stackhub why ada@example.com --owner bob", "stackhub why salesforce/Lead/00QQ000000A1b2c --json")
            .With(query)
            .With(owner)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(query), call.Value(owner), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string query, string? owner, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<RecordFinder>().FindAsync(query, cancellationToken) is not { } lead)
            throw new NotFoundException($"No record is known by '{query}'. Give an e-mail address, an id or system/type/id.");
        var routings = await hub.Get<RoutingLedger>().OfAsync(lead, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(routings.Select(DecisionView.Of).ToArray());
        else if (routings.Count == 0)
            call.Screen.Say("This record was never routed: it was no lead, or had an owner. 'stackhub explain' says who owns it and why.");
        else
            foreach (var routing in routings)
                Show(call.Screen, routing, owner);
        return routings.Count == 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private static void Show(Screen screen, LedgerEntry routing, string? owner)
    {
        screen.Mark($"[bold]{Words.Time(routing.Trace.At)}[/] routing {routing.Attempt}, version {Markup.Escape(routing.Trace.Plan)}: [bold]{Markup.Escape(routing.Owner ?? "nobody")}[/], {routing.State.ToString().ToLowerInvariant()}{(routing.Ended is { } ended ? $" ({Markup.Escape(ended)})" : "")}");
        screen.Mark($"  {Markup.Escape(routing.Trace.Why)}");
        if (owner is not null)
        {
            screen.Mark($"  {Markup.Escape(WhyNot(routing, owner))}");
            return;
        }

        foreach (var step in routing.Trace.Steps)
            screen.Mark($"  [grey]{Markup.Escape(step.Name)}:[/] {Markup.Escape(step.Outcome)}");
        foreach (var rejection in routing.Trace.Rejected)
            screen.Mark($"  [grey]not {Markup.Escape(rejection.Owner.Name)}:[/] {Markup.Escape(rejection.Check)}");
        foreach (var shadow in routing.Trace.Shadows)
            screen.Mark($"  [grey]only watching, {Markup.Escape(shadow.Name)}:[/] {Markup.Escape(shadow.Outcome)}");
    }

    private static string WhyNot(LedgerEntry routing, string owner) =>
        routing.Owner == owner ? $"{owner} was chosen."
        : routing.Trace.WhyNot(new(owner)) is { } check ? $"Not {owner}: {check}."
        : $"{owner} never came up: they are in no pool that was asked.";
}
