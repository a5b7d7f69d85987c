using System.CommandLine;
using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Commands;

/// <summary>Privacy requests and what proves their outcome.</summary>
internal static class PrivacyCommand
{
    public static Command Make(CommandRunner runner)
    {
        var receipt = ReceiptCommand.Make(runner);
        receipt.Add(PrivacyFigures.Receipt(runner));
        return new HubCommand("privacy", "Privacy requests, and the receipts that prove their outcome.").With(
        [
            PrivacySubmit.Make(runner),
            PrivacyList.Make(runner),
            PrivacyShow.Make(runner),
            .. PrivacyMoves.Make(runner),
            PrivacyChoose.Make(runner),
            PrivacyCorrect.Make(runner),
            PrivacyCodes.Make(runner),
            .. PrivacyQuestions.Make(runner),
            PrivacyTasks.Make(runner),
            PrivacyHolds.Make(runner),
            PrivacyExempt.Make(runner),
            PrivacyPackages.Make(runner),
            PrivacyReturns.Restriction(runner),
            PrivacyReturns.Return(runner),
            PrivacyBulk.Make(runner),
            PrivacyFigures.Metrics(runner),
            PrivacyFigures.Capabilities(runner),
            PrivacyFigures.Laws(runner),
            receipt,
        ]);
    }
}
