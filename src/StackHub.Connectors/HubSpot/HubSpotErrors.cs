using System.Text.RegularExpressions;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>What HubSpot's refusals mean. Some facts are only in the message's words.</summary>
internal static partial class HubSpotErrors
{
    private const string NotFound = "OBJECT_NOT_FOUND";

    /// <summary>The record, or the record it refers to, is not there.</summary>
    public static bool IsMissing(HubSpotError error, System.Net.HttpStatusCode status) =>
        error.Category == NotFound || (status == System.Net.HttpStatusCode.NotFound && error.Category is null or "RESOURCE_NOT_FOUND");

    /// <summary>"Contact already exists. Existing ID: 123".</summary>
    public static string? ExistingId(HubSpotError error) =>
        ExistingPattern().Match(error.Message ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    public static string Code(HubSpotError error) =>
        error.Errors?.Select(d => d.Code).FirstOrDefault(c => c is not null)
        ?? (CodePattern().Match(error.Message ?? "") is { Success: true } match ? match.Groups[1].Value : error.Category ?? "REFUSED");

    /// <summary>The properties the refusal names.</summary>
    public static IReadOnlySet<string> Fields(HubSpotError error)
    {
        var named = (error.Errors ?? [])
            .SelectMany(d => d.Context?.GetValueOrDefault("propertyName") ?? (d.In is { } field ? [field] : []))
            .Concat(error.Context?.GetValueOrDefault("propertyName") ?? [])
            .ToHashSet();
        if (named.Count == 0)
            named.UnionWith(FieldPattern().Matches(error.Message ?? "").Select(m => m.Groups[1].Value));
        return named;
    }

    /// <summary>The field is wrong for every record that has it, whatever its value: no use in asking one by one.</summary>
    public static bool IsOfTheField(HubSpotError error) => Code(error) is "PROPERTY_DOESNT_EXIST" or "READ_ONLY_VALUE";

    /// <summary>True when an error of a 207 answer speaks of this input.</summary>
    public static bool Names(HubSpotError error, string id, string? traceId) => (error.Context ?? []).Values
        .Concat((error.Errors ?? []).SelectMany(d => d.Context?.Values.AsEnumerable() ?? []))
        .Any(named => named.Contains(id) || (traceId is not null && named.Contains(traceId)));

    public static WriteOutcome Outcome(SystemId system, HubSpotObject type, HubSpotError error) => ExistingId(error) is { } existing
        ? new WriteOutcome.Existing(new ExternalRef(system, type.Name, existing))
        : new WriteOutcome.Refused(Code(error), error.Message ?? "HubSpot gave no reason.", Fields(error).FirstOrDefault());

    [GeneratedRegex(@"[Ee]xisting ID:\s*(\d+)", RegexOptions.None, 100)]
    private static partial Regex ExistingPattern();

    [GeneratedRegex("""\\?"name\\?":\\?"([A-Za-z0-9_]+)\\?""", RegexOptions.None, 100)]
    private static partial Regex FieldPattern();

    [GeneratedRegex("""\\?"error\\?":\\?"([A-Z_]+)\\?""", RegexOptions.None, 100)]
    private static partial Regex CodePattern();
}
