using System.CommandLine;

namespace StackHub.Cli.Commands;

/// <summary>Options that several commands have under one name.</summary>
internal static class Shared
{
    public static Option<string?> System() => new("--system", "-s") { Description = "Only this system, by its name in the configuration.", HelpName = "NAME" };

    public static Argument<string> SystemName() => new("SYSTEM") { Description = "The system's name in the configuration." };

    public static Option<int> Take(int usual) => new("--take", "-n") { Description = "Show at most so many.", HelpName = "COUNT", DefaultValueFactory = _ => usual, Validators = { AtLeast(1) } };

    public static Action<System.CommandLine.Parsing.OptionResult> AtLeast(int least, int most = int.MaxValue) => result =>
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value < least || value > most))
            result.AddError(most == int.MaxValue ? $"{result.Option.Name} is a whole number from {least}." : $"{result.Option.Name} is a whole number from {least} to {most}.");
    };
}
