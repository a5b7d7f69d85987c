using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Commands;

/// <summary>What was done, to what.</summary>
public sealed record DoneTo(IReadOnlyList<string> Ids);

internal static class Done
{
    public static int Say(Invocation call, string id, string sentence)
    {
        if (call.Screen.Json)
            call.Screen.Result(new DoneTo([id]));
        call.Screen.Say(sentence);
        return ExitCode.Fine;
    }
}
