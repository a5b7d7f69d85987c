using System.CommandLine;

namespace StackHub.Cli.Commands;

/// <summary>Options that several commands have under one name.</summary>
internal static class Shared
{
    public static Option<string?> System() => new("--system", "-s") { Description = "Only this system, by its name in the configuration.", HelpName = "NAME" };

    public static Argument<string> SystemName() => new("SYSTEM") { Description = "The system's name in the configuration." };

    public static Option<int> Take(int usual) => new("--take", "-n") { Description = "Show at most so many.", HelpName = "COUNT", DefaultValueFactory = _ => usual, Validators = { AtLeast(1) } };

    public static void Address(System.CommandLine.Parsing.OptionResult result)
    {
        foreach (var url in result.Tokens.SelectMany(token => token.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                result.AddError($"{result.Option.Name}: '{url}' is not an address such as http://127.0.0.1:8080.");
    }

    public static Action<System.CommandLine.Parsing.OptionResult> AtLeast(int least, int most = int.MaxValue) => result =>
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value < least || value > most))
            result.AddError(most == int.MaxValue ? $"{result.Option.Name} is a whole number from {least}." : $"{result.Option.Name} is a whole number from {least} to {most}.");
    };
}
