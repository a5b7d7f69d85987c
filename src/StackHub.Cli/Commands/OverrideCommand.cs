using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Identity;
using StackHub.Lifecycle.Overrides;
using StackHub.Web.Lifecycle;
using StackHub.Web.Paging;

namespace StackHub.Cli.Commands;

/// <summary>Two people let somebody begin anew who was ruled out.</summary>
internal static class OverrideCommand
{
    private const int Most = 200;

    public static Command Make(CommandRunner runner) => new HubCommand("override", "Let somebody begin anew before the reason they were ruled out for has expired; takes two people.").With(Propose(runner), Decide(runner, "approve"), Decide(runner, "reject"), List(runner));

    private static HubCommand Propose(CommandRunner runner)
    {
        var (lead, reason, by) = (ByHand.Lead(), ByHand.Reason(), PrivacyShared.As());
        var motion = new Option<string?>("--motion") { Description = "Which journey, where several are ruled out, such as 'expansion(crm)'.", HelpName = "MOTION" };
        return new HubCommand("propose", "Ask for it; somebody else has to approve.", "stackhub lifecycle override propose ada@example.com --reason 'the student founded a company' --as ann")
            .With(lead, motion, reason, by)
            .Runs(runner, async (call, cancellationToken) =>
            {
                await using var hub = await call.WorkAsync(cancellationToken);
                var query = call.Value(lead);
                if (await hub.Get<RecordFinder>().FindAsync(query, cancellationToken) is not { } person)
                    throw new NotFoundException($"No record is known by '{query}'. Give an e-mail address, an id or system/type/id.");
                return Said(call, await hub.Get<OverrideDesk>().ProposeAsync(person, call.Value(motion), PrivacyShared.By(call, by), call.Value(reason).Trim(), cancellationToken), one => $"Proposed as {one.Id}. Somebody else approves it: stackhub lifecycle override approve {one.Id}.");
            });
    }

    private static HubCommand Decide(CommandRunner runner, string verb)
    {
        var (id, reason, by) = (new Argument<string>("ID") { Description = "The override's id, as 'override list' shows it." }, ByHand.Reason(), PrivacyShared.As());
        var approves = verb == "approve";
        return new HubCommand(verb, approves ? "Approve it, as somebody other than who proposed it: the person begins the next cycle." : "Reject it; it may be proposed again.", $"stackhub lifecycle override {verb} ID --reason 'seen in the register' --as max")
            .With(id, reason, by)
            .Runs(runner, async (call, cancellationToken) =>
            {
                await using var hub = await call.WorkAsync(cancellationToken);
                if (!Keys.IsKey(call.Value(id)))
                    throw Unknown(call.Value(id));
                var desk = hub.Get<OverrideDesk>();
                var answer = approves ? await desk.ApproveAsync(call.Value(id), PrivacyShared.By(call, by), call.Value(reason).Trim(), cancellationToken) : await desk.RejectAsync(call.Value(id), PrivacyShared.By(call, by), call.Value(reason).Trim(), cancellationToken);
                return answer is OverrideAnswer.Refused { Why: OverrideRefusal.Unknown } ? throw Unknown(call.Value(id)) : Said(call, answer, one => approves ? $"Approved: from {one.From} to {one.To}, in the next cycle." : "Rejected: nothing changes.");
            });
    }

    private static HubCommand List(CommandRunner runner) => new HubCommand("list", "Overrides, with what was said for and against them. Exit code 1 when one waits for a second person.", "stackhub lifecycle override list --json").Runs(runner, async (call, cancellationToken) =>
    {
        await using var hub = await call.LookAsync(cancellationToken);
        OverrideView[] all = [.. (await hub.Get<OverrideStore>().ListAsync(Most, cancellationToken)).Select(OverrideView.Of)];
        if (call.Screen.Json)
            call.Screen.Result(new Page<OverrideView>(all, null));
        foreach (var one in call.Screen.Json ? [] : all)
            Show(call.Screen, one);
        if (all.Length == 0)
            call.Screen.Say("There are no overrides.");
        return all.Any(one => one.State == nameof(OverrideState.Proposed)) ? ExitCode.Problems : ExitCode.Fine;
    });

    private static void Show(Screen screen, OverrideView one)
    {
        screen.Raw(one.Id);
        screen.Mark($"  [bold]{one.State}[/] {one.Person}, motion {Markup.Escape(one.Motion)}: from {Markup.Escape(one.From)} to {Markup.Escape(one.To)}");
        foreach (var (what, signed) in one.Before.Select(before => ("before", before)).Append(("proposed", one.Proposed)).Concat(one.Decided is { } decided ? [(one.State.ToLowerInvariant(), decided)] : []))
            screen.Mark($"  [grey]{what} by {Markup.Escape(signed.By)} {Words.Time(signed.At)}:[/] {Markup.Escape(signed.Reason)}");
    }

    private static int Said(Invocation call, OverrideAnswer answer, Func<OverrideView, string> sentence)
    {
        if (answer is OverrideAnswer.Refused refused)
            return call.Screen.Fail(refused.Message, ExitCode.Problems);
        var one = OverrideView.Of(((OverrideAnswer.Done)answer).Override);
        if (call.Screen.Json)
            call.Screen.Result(one);
        call.Screen.Say(sentence(one));
        return ExitCode.Fine;
    }

    private static NotFoundException Unknown(string id) => new($"There is no override '{id}'. 'stackhub lifecycle override list' shows them.");
}
