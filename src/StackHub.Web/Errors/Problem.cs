using System.Text.Json.Serialization;

namespace StackHub.Web.Errors;

/// <summary>Why a request was refused (RFC 9457). It names codes and parameters, never the request's values.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable name for programs, such as "bad-parameter".</param>
/// <param name="Title">What went wrong, in a few words.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record Problem(int Status, string Code, string Title, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>A name of this kind of problem; the same for the same code.</summary>
    public string Type => $"urn:stackhub:problem:{Code}";

    /// <summary>The parameter, header or body member at fault.</summary>
    public string? Parameter { get; init; }

    /// <summary>Of rules that cannot be read: every place that is wrong, and what to do there.</summary>
    public IReadOnlyList<RulePlace>? Places { get; init; }

    /// <summary>The trace under which the hub's logs tell more.</summary>
    public string? Trace { get; init; }
}

/// <summary>A place in a file of rules, and what is wrong there.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">The key, from the top; empty for the file as a whole.</param>
public sealed record RulePlace(int Line, int Column, string Path, string Message, string Cure)
{
    public static RulePlace Of(Configuration.ConfigurationProblem problem) => new(problem.Line, problem.Column, problem.Path, problem.Message, problem.Cure);
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
