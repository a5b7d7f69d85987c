using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>The redundancy, in per cent, from which two tools are duplicates, and from which they should be compared.</summary>
public sealed record VerdictLines(int Duplicate, int Review)
{
    public static VerdictLines Of(AuditSettings settings) => new((int)Math.Round(100 * settings.DuplicateFrom), (int)Math.Round(100 * settings.ReviewFrom));
}
