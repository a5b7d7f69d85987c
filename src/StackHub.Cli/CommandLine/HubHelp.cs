using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace StackHub.Cli.CommandLine;

/// <summary>The library's help, then the command's examples and the exit codes.</summary>
internal sealed class HubHelp(HelpAction help) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HubHelp((HelpAction)option.Action!);
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is HubCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        output.WriteLine(ExitCode.Documentation);
        return ExitCode.Fine;
    }
}
