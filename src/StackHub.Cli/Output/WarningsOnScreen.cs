using Microsoft.Extensions.Logging;

namespace StackHub.Cli.Output;

/// <summary>What the hub logs while a command runs, as lines on standard error; ids and codes only, as everywhere in the log.</summary>
internal sealed class WarningsOnScreen(Screen screen) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            screen.Warn($"{(logLevel == LogLevel.Warning ? "warning" : "error")}: {formatter(state, exception)}");
    }

    public void Dispose()
    {
    }
}
