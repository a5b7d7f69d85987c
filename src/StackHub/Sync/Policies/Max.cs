using System.Globalization;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync.Policies;

/// <summary>The greatest number; text and dates by their code units.</summary>
public sealed class Max : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.Max;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy) =>
        Decision.For(candidates.OrderBy(candidate => Number(candidate.Value)).ThenBy(candidate => candidate.Value).ThenBy(candidate => candidate).Last(), "the greatest");

    private static decimal Number(FieldValue value) =>
        decimal.TryParse(value.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : decimal.MinValue;
}
