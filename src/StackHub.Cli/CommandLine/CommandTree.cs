using System.CommandLine;
using StackHub.Cli.Commands;

namespace StackHub.Cli.CommandLine;

/// <summary>All commands, in the order the help shows them.</summary>
internal static class CommandTree
{
    public const string Name = "stackhub";

    public static RootCommand Make(Shell shell)
    {
        var options = new GlobalOptions();
        var runner = new CommandRunner(shell, options);
        var root = new RootCommand("StackHub keeps people, accounts and opportunities the same in all your tools. Start with 'stackhub demo'.");
        options.AddTo(root);
        HubHelp.AddTo(root);
        foreach (var make in All)
            root.Add(make(runner));
        return root;
    }

    private static readonly IReadOnlyList<Func<CommandRunner, Command>> All =
    [
        DemoCommand.Make,
        SandboxCommand.Make,
        ServeCommand.Make,
        StatusCommand.Make,
        DoctorCommand.Make,
        ConfigCommand.Make,
        ConnectorsCommand.Make,
        BackfillCommand.Make,
        PlanCommand.Make,
        ApproveCommand.Make,
        PauseCommand.Make,
        ResumeCommand.Make,
        SyncCommand.Make,
        PollCommand.Make,
        ReconcileCommand.Make,
        ExplainCommand.Make,
        WhyCommand.Make,
        RoutingCommand.Make,
        RulesCommand.Make,
        SimulateCommand.Make,
        RecordsCommand.Make,
        MergesCommand.Make,
        ConflictsCommand.Make,
        DeadLettersCommand.Make,
        AuditCommand.Make,
        LifecycleCommand.Make,
        KeysCommand.Make,
        PrivacyCommand.Make,
        ReceiptCommand.Make, // for whoever has a receipt and nothing else of this
    ];
}
