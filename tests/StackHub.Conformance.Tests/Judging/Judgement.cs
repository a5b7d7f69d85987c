namespace StackHub.Conformance.Tests.Judging;

/// <summary>Verdicts beside the known defects: what is left is a mistake of a connector or of a sandbox.</summary>
internal sealed record Judgement(IReadOnlyList<Verdict> Verdicts, KnownDefects Defects)
{
    /// <summary>A sentence for each kind of mistake, with how often it was made.</summary>
    public IReadOnlyList<string> Violations =>
        [.. Left.GroupBy(one => $"{one.Verdict.Vendor} {one.Verdict.Operation} ({one.Verdict.Status}): {one.Problem.Side} {one.Problem.Where} {one.Problem.Wanted}").Select(group => $"{group.Key} ({group.Count()} times)")];

    public IEnumerable<KnownDefect> Unneeded => Defects.All.Where(defect => !Verdicts.Any(verdict => verdict.Problems.Any(problem => defect.Covers(verdict, problem))));

    public IEnumerable<ConformanceRow> Rows => Verdicts
        .GroupBy(verdict => (verdict.Vendor, verdict.Operation))
        .Select(group => new ConformanceRow(group.Key.Vendor, group.Key.Operation, group.Count(), Left.Count(one => (one.Verdict.Vendor, one.Verdict.Operation) == group.Key), JudgeOf(group.First())));

    private static string JudgeOf(Verdict verdict) => (verdict.Described, verdict.Vendor) switch
    {
        (false, _) => "none: exceptions.json says why",
        (true, "salesforce") => "known clients",
        _ => "Prism",
    };

    /// <summary>Statuses and bodies of errors are declared by few vendors, so those are told but do not count.</summary>
    private IEnumerable<(Verdict Verdict, Problem Problem)> Left =>
        from verdict in Verdicts
        from problem in verdict.Problems
        where !problem.IsWarning && !Defects.Excuse(verdict, problem)
        select (verdict, problem);
}
