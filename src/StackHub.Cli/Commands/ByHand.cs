using System.CommandLine;
using StackHub.Flows;

namespace StackHub.Cli.Commands;

/// <summary>What commands have in common that do something by hand.</summary>
internal static class ByHand
{
    public static Argument<string> Lead() => new("LEAD") { Description = "An e-mail address, a record's id, or a tool's record as system/type/id." };

    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; no personal data, since it stays.",
        HelpName = "WORDS",
        Required = true,
        Validators =
        {
            result =>
            {
                if (GivenReason.Read(result.Tokens is [var token] ? token.Value : null) is null)
                    result.AddError($"--reason has to be {GivenReason.Cure}.");
            },
        },
    };
}
