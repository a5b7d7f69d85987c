using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Privacy;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Notices;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>One-time codes: sent again, brought over by hand, entered for the person.</summary>
internal static class PrivacyCodes
{
    private const int Accepted = 200;

    public static Command Make(CommandRunner runner) =>
        new HubCommand("code", "The one-time code by which a person shows that a request is theirs.").With(Send(runner), Issue(runner), Enter(runner));

    private static HubCommand Send(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        return new HubCommand("send", "Send a new code to the address of the request; the code before is over.", "stackhub privacy code send ID").With(id)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), async (hub, request) =>
                await hub.Get<IntakeDesk>().SendAsync(request, cancellationToken)
                    ? Done.Say(call, request.Id.ToString(), hub.Model.Privacy.Notify is null ? "No 'notify' is configured, so the code waits here: 'stackhub privacy show ID' shows it, and whither to bring it." : "A new code goes to the person.")
                    : call.Screen.Fail("No code was sent: the request names no e-mail address, or its mailbox had too many today.", ExitCode.Problems), cancellationToken));
    }

    private static HubCommand Issue(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        return new HubCommand("issue", "Show a new code here, to bring it to the person by phone or letter; where privacy.intake.codesByHand allows it.", "stackhub privacy code issue ID").With(id, name)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), async (hub, request) =>
            {
                if (!hub.Model.Privacy.CodesByHand)
                    return call.Screen.Fail("Codes are sent by 'notify' here, and nobody sees them. Write 'codesByHand: true' under privacy.intake to allow it.", ExitCode.Problems);
                if (request.Verification is not null)
                    return call.Screen.Fail("The request is verified: it needs no code.", ExitCode.Problems);
                return await hub.Get<IntakeDesk>().IssueByHandAsync(request, PrivacyShared.By(call, name), cancellationToken) && await hub.Get<HandDelivery>().FindAsync(request.Id.ToString(), cancellationToken) is { } code
                    ? Show(call, HandView.Of("confirm", request.Id, code))
                    : call.Screen.Fail("No code was made: the request names no address or phone number, or there were too many today.", ExitCode.Problems);
            }, cancellationToken));
    }

    private static HubCommand Enter(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        var code = new Argument<string>("CODE") { Description = "The digits that the person tells you." };
        return new HubCommand("enter", "The person told you the code: the request is verified. A wrong one counts as one of their three tries.", "stackhub privacy code enter ID 12345678").With(id, code, name)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), async (hub, request) =>
                await hub.Get<IntakeDesk>().EnterAsync(request.Id, call.Value(code), PrivacyShared.By(call, name), cancellationToken) is { Status: not Accepted } refused
                    ? call.Screen.Fail(refused.Text, ExitCode.Problems)
                    : Done.Say(call, request.Id.ToString(), "The code is right: verified. 'stackhub privacy plan ID' shows what will be done."), cancellationToken));
    }

    private static async Task<int> OfOneAsync(Invocation call, string id, Func<HubSession, PrivacyRequest, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        return await hub.Get<PrivacyStore>().FindAsync(PrivacyShared.Parse(id), cancellationToken) is { } request ? await act(hub, request) : throw PrivacyShared.Unknown(id);
    }

    private static int Show(Invocation call, HandView code)
    {
        if (call.Screen.Json)
            call.Screen.Result(code);
        call.Screen.Say($"{code.Code}: bring it to {code.Address} and to nobody else, by {Words.Time(code.ExpiresAt)}. They type it at privacy/confirm with the reference {code.Reference}, or tell it to you ('privacy code enter').");
        return ExitCode.Fine;
    }
}
