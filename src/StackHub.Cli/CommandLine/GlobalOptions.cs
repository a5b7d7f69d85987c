using System.CommandLine;
using StackHub.Configuration;

namespace StackHub.Cli.CommandLine;

/// <summary>Options every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<string> Config { get; } = new("--config") { Description = "The configuration file.", HelpName = "FILE", Recursive = true, DefaultValueFactory = _ => HubConfiguration.DefaultFile };

    public Option<string> Data { get; } = new("--data") { Description = "The folder the hub keeps its data in.", HelpName = "FOLDER", Recursive = true, DefaultValueFactory = _ => "./data" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print results as JSON.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours; the variable NO_COLOR does the same.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Add(Config);
        root.Add(Data);
        root.Add(Json);
        root.Add(NoColor);
    }
}
