using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Web.Routing;

namespace StackHub.Cli.Commands;

/// <summary>Why a lead went where it went, and why not to somebody.</summary>
internal static class WhyCommand
{
    public static Command Make(CommandRunner runner)
    {
        var query = new Argument<string>("LEAD") { Description = "An e-mail address, a record's id, or a tool's record as system/type/id." };
        var owner = new Option<string?>("--owner") { Description = "Why not to this one: the first check they failed, and the smallest change that would give it to them now." };
        var pool = new Option<string?>("--pool") { Description = "What would have to change for this pool to get it now." };
        return new HubCommand("why", "Why a lead has its owner: what was considered, who was not chosen and why. Exit code 1 when it was never routed.",
            "stackhub why ada@example.com", "stackhub why ada@example.com --owner bob", "stackhub why ada@example.com --pool emea --json", "stackhub why salesforce/Lead/00QQ000000A1b2c --json")
            .With(query)
            .With(owner, pool)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(query), call.Value(owner), call.Value(pool), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string query, string? owner, string? pool, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<RecordFinder>().FindAsync(query, cancellationToken) is not { } lead)
            throw new NotFoundException($"No record is known by '{query}'. Give an e-mail address, an id or system/type/id.");
        var routings = await hub.Get<RoutingLedger>().OfAsync(lead, cancellationToken);
        var preview = pool is null && owner is null ? null : await PreviewAsync(hub, lead, pool is null ? new(WhatIfTarget.Owner, owner!) : new(WhatIfTarget.Pool, pool), cancellationToken);
        if (call.Screen.Json && preview is not null)
            call.Screen.Result(WhatIfView.Of(lead, preview));
        else if (call.Screen.Json)
            call.Screen.Result(routings.Select(DecisionView.Of).ToArray());
        else if (routings.Count == 0)
            call.Screen.Say("This record was never routed: it was no lead, or had an owner. 'stackhub explain' says who owns it and why.");
        else
            foreach (var routing in routings.Where(_ => pool is null))
                Show(call.Screen, routing, owner);
        if (preview is not null && !call.Screen.Json)
            Show(call.Screen, preview);
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

        if (routing.Order is { } order)
            screen.Mark($"  [grey]by hand, {Markup.Escape(order.By)}:[/] {Markup.Escape(order.Reason)}");
        if (routing.EndedBy is { } ender)
            screen.Mark($"  [grey]taken by hand, {Markup.Escape(ender.By)}:[/] {Markup.Escape(ender.Reason)}");
        foreach (var step in routing.Trace.Steps)
            screen.Mark($"  [grey]{Markup.Escape(step.Name)}:[/] {Markup.Escape(step.Outcome)}");
        foreach (var rejection in routing.Trace.Rejected)
            screen.Mark($"  [grey]not {Markup.Escape(rejection.Owner.Name)}:[/] {Markup.Escape(rejection.Check)}");
        foreach (var shadow in routing.Trace.Shadows)
            screen.Mark($"  [grey]only watching, {Markup.Escape(shadow.Name)}:[/] {Markup.Escape(shadow.Outcome)}");
    }

    /// <summary>Null where the file routes nothing: then only what was decided before can be told.</summary>
    private static async Task<WhatIf?> PreviewAsync(HubSession hub, RecordId lead, WhatIfTarget target, CancellationToken cancellationToken) =>
        hub.Get<HubModel>().Routing is not { } plan ? null
        : target.IsIn(plan) ? await hub.Get<LeadPreview>().AskAsync(lead, target, cancellationToken)
        : target.Kind == WhatIfTarget.Owner ? null // somebody who left still has a why-not of earlier decisions
        : throw new NotFoundException($"There is no {target} in the rules. 'stackhub rules check' reads them.");

    private static void Show(Screen screen, WhatIf preview)
    {
        if (preview.Least is not { } least)
        {
            screen.Mark($"No change of the lead alone was found that gives it to {Markup.Escape(preview.Target.ToString())}: the rules would have to change, or somebody moves it by hand ('stackhub routing reroute').");
            return;
        }

        var by = least.By == "fallback" ? "the fallback" : $"rule {least.By}";
        screen.Mark(least.Changes.IsEmpty
            ? $"Routed now, it would go to {Markup.Escape(preview.Target.ToString())} by {Markup.Escape(by)}."
            : $"For {Markup.Escape(preview.Target.ToString())} to get it now, by {Markup.Escape(by)}, {(least.Changes.Length == 1 ? "one thing" : $"{least.Changes.Length} things")} would have to change:");
        foreach (var change in least.Changes)
            screen.Mark($"  [grey]{Markup.Escape(change.Name)}:[/] {Markup.Escape(RoutingWords.Change(change.What))}");
        if (preview.Ways.Length > 1)
            screen.Mark($"  [grey]{preview.Ways.Length - 1} more ways; --json lists them[/]");
    }

    private static string WhyNot(LedgerEntry routing, string owner) =>
        routing.Owner == owner ? $"{owner} was chosen."
        : routing.Trace.WhyNot(new(owner)) is { } check ? $"Not {owner}: {check}."
        : $"{owner} never came up: they are in no pool that was asked.";
}
