using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>What the person is asked for, while some laws' clocks stand still.</summary>
internal static class PrivacyQuestions
{
    public static IEnumerable<Command> Make(CommandRunner runner) =>
    [
        Of(runner, "ask", "The person was asked now for something without which it cannot go on; laws that know that stand still until they answer.", (desk, id, what, by, cancellationToken) => desk.AskAsync(id, what, by, cancellationToken)),
        Of(runner, "answered", "The person answered now; what stood still runs again.", (desk, id, what, by, cancellationToken) => desk.AnsweredAsync(id, what, by, cancellationToken)),
    ];

    private static HubCommand Of(CommandRunner runner, string name, string description, Func<RequestDesk, RequestId, PauseReason, string, CancellationToken, Task<MoveAnswer>> move)
    {
        var (id, by) = (PrivacyShared.Id(), PrivacyShared.As());
        var what = new Option<string>("--for") { Description = $"What: {string.Join(", ", Reasons)}.", HelpName = "WHAT", Required = true };
        what.AcceptOnlyFromAmong([.. Reasons]);
        return new HubCommand(name, description, $"stackhub privacy {name} ID --for identity").With(id, what, by)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(id), (hub, request) => move(hub, request, Enum.Parse<PauseReason>(call.Value(what), ignoreCase: true), PrivacyShared.By(call, by), cancellationToken), cancellationToken));
    }

    private static IEnumerable<string> Reasons => Enum.GetValues<PauseReason>().Select(reason => PrivacyWords.Of(reason));

    private static async Task<int> RunAsync(Invocation call, string id, Func<RequestDesk, RequestId, Task<MoveAnswer>> move, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.WorkAsync(cancellationToken);
        var answer = await move(hub.Get<RequestDesk>(), request);
        return PrivacyShared.Said(call, request, answer, answer is MoveAnswer.Moved moved ? Words(moved.Request, hub.Get<LawBook>()) : "");
    }

    /// <summary>What that makes of the dates, law by law.</summary>
    private static string Words(PrivacyRequest request, LawBook laws) => request.Due(laws) is { Count: > 0 } due
        ? string.Join(Environment.NewLine, due.Select(one => $"{laws[one.Row.Under.Law].Name}: {(one.Row.StandsFor is null ? "the clock runs" : "the clock stands still")}; {one.Row.Complete.Explain}"))
        : "Noted. The request stands under no law, so no date moves.";
}
