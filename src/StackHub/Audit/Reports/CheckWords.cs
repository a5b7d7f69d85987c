using System.Collections.Frozen;

namespace StackHub.Audit.Reports;

/// <summary>What a check is called where people read.</summary>
public static class CheckWords
{
    private static readonly FrozenDictionary<string, IAuditCheck> Known = AuditChecks.All.ToFrozenDictionary(check => check.Name);

    /// <summary>"unused-no-login" as "Unused no login".</summary>
    public static string Of(string check) =>
        check.Length == 0 ? "" : char.ToUpperInvariant(check[0]) + check[1..].Replace('-', ' ');

    /// <summary>The question it asks; a check of an older version goes by its name.</summary>
    public static string Question(string check) => Known.TryGetValue(check, out var known) ? known.Question : $"{Of(check)}?";
}
