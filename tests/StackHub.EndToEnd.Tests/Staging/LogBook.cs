using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>Every line the hubs of a stage logged, at any level.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = new();

    public IEnumerable<string> Lines => lines.Select(entry => entry.Line);

    /// <summary>What a failing test shows.</summary>
    public string Warnings => string.Join(Environment.NewLine, lines.Where(entry => entry.Level >= LogLevel.Warning).TakeLast(12).Select(entry => entry.Line));

    public ILogger CreateLogger(string categoryName) => new Pen(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Pen(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book.lines.Enqueue((logLevel, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
    }
}
