using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Routing;
using StackHub.Routing.Board;
using StackHub.Routing.Flow;
using StackHub.Web.Routing;

namespace StackHub.Cli.Commands;

/// <summary>Who waits for an owner, and leads moved by hand.</summary>
internal static class RoutingCommand
{
    public static Command Make(CommandRunner runner) => new HubCommand("routing", "See who waits for an owner, and move leads by hand.").With(Held(runner), Move(runner, "release", "Release a lead from the holding queue now, before those who have waited longer.", "release"), Move(runner, "reroute", "Take a lead from its owner and give it to somebody else; the owner gets the turn back.", "reroute"));

    private static HubCommand Held(CommandRunner runner) =>
        new HubCommand("held", "Who waits for an owner, by pool, the longest first. Exit code 1 when somebody does.", "stackhub routing held", "stackhub routing held --json").Runs(runner, HeldAsync);

    private static HubCommand Move(CommandRunner runner, string name, string description, string verb)
    {
        var (lead, reason, by) = (ByHand.Lead(), ByHand.Reason(), PrivacyShared.As());
        var to = new Option<string?>("--to") { Description = "Who is to have it, whatever their caps and hours; without it whoever is next by the rules.", HelpName = "OWNER" };
        return new HubCommand(name, description, $"stackhub routing {verb} ada@example.com --reason 'met at the trade fair' --to bob", $"stackhub routing {verb} 01a2056be11c73deb2d0e74db2818caa --reason 'bob is ill' --as olga")
            .With(lead, to, reason, by)
            .Runs(runner, (call, cancellationToken) => MoveAsync(call, call.Value(lead), new(PrivacyShared.By(call, by), call.Value(reason).Trim(), call.Value(to) is { } owner ? new OwnerId(owner) : null), verb == "release", cancellationToken));
    }

    private static async Task<int> HeldAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var plan = hub.Get<HubModel>().Routing ?? throw NoRouting();
        PoolView[] waiting = [.. (await hub.Get<RoutingBoard>().PoolsAsync(plan, cancellationToken)).Where(pool => pool.Waiting > 0).Select(PoolView.Of)];
        if (call.Screen.Json)
            call.Screen.Result(waiting);
        foreach (var pool in call.Screen.Json ? [] : waiting)
        {
            call.Screen.Say($"{pool.Name}: {pool.Waiting:N0} wait.");
            foreach (var lead in pool.Held)
                call.Screen.Raw(lead.ToString());
        }

        if (waiting.Length == 0)
            call.Screen.Say("Nobody waits for an owner.");
        return waiting.Length > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    private static async Task<int> MoveAsync(Invocation call, string query, RoutingOrder order, bool onlyHeld, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        if (hub.Get<HubModel>().Routing is null)
            throw NoRouting();
        if (await hub.Get<RecordFinder>().FindAsync(query, cancellationToken) is not { } lead)
            throw new NotFoundException($"No record is known by '{query}'. Give an e-mail address, an id or system/type/id.");
        var (attempt, last) = await hub.Get<StackHub.Routing.Ledger.RoutingLedger>().LastAsync(lead, cancellationToken);
        if (onlyHeld && last?.Entry.Order != order && last is not { Entry.State: StackHub.Routing.Ledger.LedgerState.Held })
            return call.Screen.Fail("The lead does not wait. 'stackhub why' says who has it; 'stackhub routing reroute' takes it from them.", ExitCode.Problems);
        return await hub.Get<OrderDesk>().MoveAsync(lead, order, attempt, cancellationToken) switch
        {
            OrderAnswer.Done done => Said(call, DecisionView.Of(done.Last)),
            OrderAnswer.Refused { Why: OrderRefusal.NoPerson } => throw new NotFoundException($"'{query}' is no person that is still there."),
            OrderAnswer.Refused refused => call.Screen.Fail(refused.Message, ExitCode.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static int Said(Invocation call, DecisionView decision)
    {
        if (call.Screen.Json)
            call.Screen.Result(decision);
        call.Screen.Say(decision.Owner is { } owner ? $"The lead is {owner}'s now: {decision.Why}. The tools are told by the serving hub, or by the next 'stackhub sync'." : "The lead was taken from its owner and waits for the next.");
        return ExitCode.Fine;
    }

    private static NotFoundException NoRouting() => new("There is no routing: add routing: to stackhub.yaml.");
}
