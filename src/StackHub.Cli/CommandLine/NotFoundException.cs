namespace StackHub.Cli.CommandLine;

/// <summary>What was asked for is not there; the message says what there is instead.</summary>
public sealed class NotFoundException(string message) : Exception(message);
