using StackHub.Routing.Simulating;

namespace StackHub.Web.Routing.Simulating;

/// <summary>The window as somebody wrote it.</summary>
internal static class SimulationSpans
{
    public const string SpanCure = "a whole number and s, m, h or d, such as 30d, of at most 366d";

    /// <summary>The window, or the name of what cannot be read. What is left out is as usual; an empty text is left out.</summary>
    public static (SimulationWindow? Window, string? Wrong) Read(string? last, string? warmUp, string? within)
    {
        var window = Given(last) is { } span ? SimulationWindow.Span(span) : SimulationWindow.Usual.Last;
        var before = Given(warmUp) is { } warm ? SimulationWindow.Span(warm, canBeNone: true) : window;
        var promise = Given(within) is { } term ? SimulationWindow.Span(term) : null;
        var wrong = window is null ? "last" : before is null ? "warmUp" : Given(within) is not null && promise is null ? "within" : null;
        return wrong is null ? (new(window!.Value, before!.Value, promise), null) : (null, wrong);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
