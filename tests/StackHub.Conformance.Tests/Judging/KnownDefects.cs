using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace StackHub.Conformance.Tests.Judging;

/// <summary>Where a vendor's description is wrong about its own API: exceptions.json, a line each with its reason and source.</summary>
internal sealed class KnownDefects
{
    public IReadOnlyList<KnownDefect> All { get; } =
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "exceptions.json")), KnownDefectJson.Default.IReadOnlyListKnownDefect)!;

    public bool Excuse(Verdict verdict, Problem problem) => All.Any(defect => defect.Covers(verdict, problem));
}

/// <summary>One of them; a star stands for anything.</summary>
internal sealed record KnownDefect(string Vendor, string Operation, string Where, string Wanted, string Reason, string Source)
{
    public bool Covers(Verdict verdict, Problem problem) =>
        Vendor == verdict.Vendor && Fits(Operation, verdict.Operation) && Fits(Where, problem.Where) && Fits(Wanted, problem.Wanted);

    private static bool Fits(string pattern, string text) =>
        pattern == "*" || Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", "[^.]+", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<KnownDefect>))]
internal sealed partial class KnownDefectJson : JsonSerializerContext;
