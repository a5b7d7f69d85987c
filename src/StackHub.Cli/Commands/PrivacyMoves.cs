using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>Every move of a request until it is carried out.</summary>
internal static class PrivacyMoves
{
    public static IEnumerable<Command> Make(CommandRunner runner) => [Verify(runner), Plan(runner), Approve(runner), Deny(runner), Appeal(runner), Reject(runner), Extend(runner), Cancel(runner)];

    private static HubCommand Verify(CommandRunner runner)
    {
        var (id, reason, name) = (PrivacyShared.Id(), PrivacyShared.Reason("How the person was verified; no personal data, since it goes into the evidence."), PrivacyShared.As());
        return new HubCommand("verify", "The person was verified.", "stackhub privacy verify ID --reason 'called back on the number on file, ticket 4711'").With(id, reason, name)
            .Runs(runner, (call, cancellationToken) => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().VerifyAsync(request, PrivacyShared.By(call, name), call.Value(reason), cancellationToken), "Verified. 'stackhub privacy plan ID' shows what will be done.", cancellationToken));
    }

    private static HubCommand Plan(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        return new HubCommand("plan", "What will be done, exactly: every record in every system, in order, with the calls. Nothing is sent. Exit code 1 when a person has to look first.", "stackhub privacy plan ID").With(id)
            .Runs(runner, (call, cancellationToken) => PlanAsync(call, call.Value(id), cancellationToken));
    }

    private static HubCommand Approve(CommandRunner runner)
    {
        var (id, plan, name) = (PrivacyShared.Id(), new Option<string>("--plan") { Description = "The fingerprint of the plan that you looked at.", HelpName = "FINGERPRINT", Required = true }, PrivacyShared.As());
        return new HubCommand("approve", "Approve the plan; never who submitted the request, and two people where the plan reaches far.", "stackhub privacy approve ID --plan 3f0c9a1b2d4e5f60 --as olga").With(id, plan, name)
            .Runs(runner, (call, cancellationToken) => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().ApproveAsync(request, PrivacyShared.By(call, name), call.Value(plan), cancellationToken), Approved, cancellationToken));
    }

    private static HubCommand Deny(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        var ground = new Option<string>("--ground") { Description = "The exemption or reason, by the law's name.", HelpName = "WORDS", Required = true };
        var appeal = new Option<string>("--appeal") { Description = "How the person can have it looked at again.", HelpName = "WORDS", Required = true };
        var name = PrivacyShared.As();
        return new HubCommand("deny", "Refuse a request, with the way to appeal.", "stackhub privacy deny ID --ground 'Art. 17(3)(e): legal claims' --appeal 'Write to appeals@example.com'").With(id, ground, appeal, name)
            .Runs(runner, (call, cancellationToken) => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().DenyAsync(request, PrivacyShared.By(call, name), call.Value(ground), call.Value(appeal), cancellationToken), "Denied.", cancellationToken));
    }

    private static HubCommand Appeal(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        var received = new Option<string?>("--received") { Description = "The day it came, where that was before today: 2026-09-20.", HelpName = "DAY" };
        var granted = new Option<bool>("--grant") { Description = "Answer it: the denial was wrong, and the request goes on." };
        var stands = new Option<bool>("--uphold") { Description = "Answer it: the denial stands." };
        var reason = new Option<string?>("--reason") { Description = "Why, with an answer; no personal data.", HelpName = "WORDS" };
        return new HubCommand("appeal", "The person wants a denial looked at again; or the answer to that, never by who denied it.", "stackhub privacy appeal ID --received 2026-09-20", "stackhub privacy appeal ID --uphold --reason 'the invoice has to be kept until 2031' --as omar")
            .With(id, received, granted, stands, reason, name)
            .Runs(runner, (call, cancellationToken) => (call.Value(granted), call.Value(stands), call.Value(reason)) switch
            {
                (false, false, null) => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().AppealAsync(request, PrivacyShared.By(call, name), PrivacyShared.Day(call.Value(received), "--received"), cancellationToken), "Noted. Somebody other than who denied it answers with --grant or --uphold.", cancellationToken),
                (var grants, var upholds, { Length: > 0 } why) when grants != upholds => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().AnswerAppealAsync(request, grants, PrivacyShared.By(call, name), why, cancellationToken), grants ? "Granted: the request goes on." : "The denial stands. Tell the person why.", cancellationToken),
                _ => Task.FromResult(call.Screen.Fail("An answer is --grant or --uphold, one of them, with --reason.", ExitCode.BadUsage)),
            });
    }

    private static HubCommand Reject(CommandRunner runner)
    {
        var (id, reason, name) = (PrivacyShared.Id(), PrivacyShared.Reason("Why it is not believed to come from the person; no personal data."), PrivacyShared.As());
        return new HubCommand("reject", "Put aside a request that nobody showed to come from the person; it is forgotten whom it named. A person's own request is denied instead.", "stackhub privacy reject ID --reason 'nobody answered at the address in 30 days'").With(id, reason, name)
            .Runs(runner, (call, cancellationToken) => string.IsNullOrWhiteSpace(call.Value(reason))
                ? Task.FromResult(call.Screen.Fail("--reason is empty: write why it is put aside.", ExitCode.BadUsage))
                : MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().RejectAsync(request, PrivacyShared.By(call, name), call.Value(reason), cancellationToken), "Put aside.", cancellationToken));
    }

    private static HubCommand Extend(CommandRunner runner)
    {
        var (id, law, reason) = (PrivacyShared.Id(), new Option<string>("--law") { Description = "The law and place, as 'privacy show' names it.", HelpName = "LAW", Required = true }, PrivacyShared.Reason("What the person was told why it takes longer."));
        return new HubCommand("extend", "The person was told now that it takes longer. Exit code 1 when that was too late.", "stackhub privacy extend ID --law eu-gdpr/DE --reason 'a vendor needs thirty days'").With(id, law, reason)
            .Runs(runner, (call, cancellationToken) => ExtendAsync(call, call.Value(id), call.Value(law), call.Value(reason), cancellationToken));
    }

    private static HubCommand Cancel(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        return new HubCommand("cancel", "The person took the request back.", "stackhub privacy cancel ID").With(id, name)
            .Runs(runner, (call, cancellationToken) => MoveAsync(call, call.Value(id), (hub, request) => hub.Get<RequestDesk>().CancelAsync(request, PrivacyShared.By(call, name), cancellationToken), "Taken back.", cancellationToken));
    }

    private static string Approved(PrivacyRequest request) => request.State == PrivacyRequestState.Planned
        ? $"Noted. The plan reaches far, so somebody else has to approve it too ({request.Approvals.Count} of {request.Plan!.ApprovalsNeeded})."
        : "Approved. The serving hub carries it out; 'stackhub privacy show ID' tells how far it is.";

    private static Task<int> MoveAsync(Invocation call, string id, Func<HubSession, RequestId, Task<MoveAnswer>> move, string sentence, CancellationToken cancellationToken) =>
        MoveAsync(call, id, move, _ => sentence, cancellationToken);

    private static async Task<int> MoveAsync(Invocation call, string id, Func<HubSession, RequestId, Task<MoveAnswer>> move, Func<PrivacyRequest, string> sentence, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.WorkAsync(cancellationToken);
        var answer = await move(hub, request);
        // Where no other process serves the folder, what follows by itself follows here.
        if (answer is MoveAnswer.Moved { Request.State: PrivacyRequestState.Verified or PrivacyRequestState.Approved } && hub.Pumps)
            await hub.Get<RequestRunner>().RunAsync(request, cancellationToken);
        return PrivacyShared.Said(call, request, answer, answer is MoveAnswer.Moved moved ? sentence(moved.Request) : "");
    }

    private static async Task<int> PlanAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.LookAsync(cancellationToken);
        var answer = await hub.Get<RequestPlanner>().PlanAsync(request, cancellationToken);
        if (answer is MoveAnswer.Refused { Code: RequestRefusal.WrongState } && await hub.Get<PrivacyStore>().FindAsync(request, cancellationToken) is { Plan: not null } known)
            answer = new MoveAnswer.Moved(known); // it was carried out, or is being: the plan is the one that was approved
        if (answer is not MoveAnswer.Moved { Request: var planned })
            return PrivacyShared.Said(call, request, answer, "");
        if (planned.Plan is not { } plan)
            return call.Screen.Fail($"{planned.Review} Candidates: {string.Join(", ", planned.Candidates)}. 'stackhub privacy choose ID' shows what is known of each.", ExitCode.Problems);
        if (call.Screen.Json)
            call.Screen.Result(PrivacyPlanView.Of(plan));
        else
            PrivacyScreen.ShowPlan(call.Screen, PrivacyPlanView.Of(plan));
        return ExitCode.Fine;
    }

    private static async Task<int> ExtendAsync(Invocation call, string id, string law, string reason, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<PrivacyStore>().FindAsync(request, cancellationToken) is not { } found)
            throw PrivacyShared.Unknown(id);
        if (!found.Laws.Contains(law))
            return call.Screen.Fail($"The request does not stand under '{law}', but under: {string.Join(", ", found.Laws.DefaultIfEmpty("no law"))}.", ExitCode.BadUsage);
        return await hub.Get<RequestDesk>().ExtendAsync(request, law, reason, cancellationToken) switch
        {
            ExtensionDecision.Granted granted => Done.Say(call, id, granted.Row.Complete.Explain),
            ExtensionDecision.Refused refused => call.Screen.Fail(refused.Explain, ExitCode.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
