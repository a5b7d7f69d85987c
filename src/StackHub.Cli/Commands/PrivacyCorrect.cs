using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>What a person wants put right. The values are personal data, and are printed nowhere.</summary>
internal static class PrivacyCorrect
{
    public static Command Make(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        var set = new Option<string[]>("--set") { Description = "A field of a person and what it should say; nothing behind the sign empties it. Several times for several.", HelpName = "FIELD=VALUE", Required = true, AllowMultipleArgumentsPerToken = true };
        var name = PrivacyShared.As();
        return new HubCommand("correct", "Say what the person wants put right, until somebody approved how; what was said before is replaced.", "stackhub privacy correct ID --set lastName=King --set 'title=Countess of Lovelace'")
            .With(id, set, name)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(id), call.Value(set), PrivacyShared.By(call, name), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string id, string[] set, string by, CancellationToken cancellationToken)
    {
        if (set.Any(one => one.IndexOf('=', StringComparison.Ordinal) <= 0))
            return call.Screen.Fail("--set takes a field, '=' and what it should say: --set lastName=King.", ExitCode.BadUsage);
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.WorkAsync(cancellationToken);
        var answer = await hub.Get<RequestDesk>().CorrectAsync(request, [.. set.Select(Read)], by, cancellationToken);
        return PrivacyShared.Said(call, request, answer, "Noted. 'stackhub privacy plan ID' shows where it is written, and where a person has to.");
    }

    private static Correction Read(string text) => text.Split('=', 2) is [var field, { Length: > 0 } value] ? new(field, value) : new(text.TrimEnd('='), null);
}
