using System.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;

namespace StackHub.Cli.CommandLine;

/// <summary>One run of a command: what was typed, and where its answer goes.</summary>
internal sealed class Invocation(ParseResult parsed, GlobalOptions options, Screen screen)
{
    public Screen Screen { get; } = screen;

    public T Value<T>(Option<T> option) => parsed.GetValue(option)!;

    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    public HubLocation Location => new(Value(options.Config), Value(options.Data));

    public string ConfigFile => Value(options.Config);

    public string DataFolder => Value(options.Data);

    /// <summary>The data folder somebody named; null for the default.</summary>
    public string? NamedDataFolder => parsed.GetResult(options.Data) is { Implicit: false } ? Value(options.Data) : null;

    /// <summary>The hub for looking: no pump, beside a serving process or without one.</summary>
    public Task<HubSession> LookAsync(CancellationToken cancellationToken) => HubSession.OpenAsync(Location, work: false, Screen, cancellationToken);

    /// <summary>The hub for working: with its own pump, unless another process serves the folder.</summary>
    public Task<HubSession> WorkAsync(CancellationToken cancellationToken) => HubSession.OpenAsync(Location, work: true, Screen, cancellationToken);
}
