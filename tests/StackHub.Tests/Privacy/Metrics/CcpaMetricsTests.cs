using System.Text;
using StackHub.Privacy;
using StackHub.Privacy.Metrics;

namespace StackHub.Tests.Privacy.Metrics;

public sealed class CcpaMetricsTests
{
    private static readonly RequestOutcome[] Requests =
    [
        new("r1", PrivacyRequestKind.Erasure, "form", new(2026, 1, 1), new(2026, 1, 11), RequestAnswer.CompliedWith, null),
        new("r2", PrivacyRequestKind.Erasure, "api", new(2026, 2, 1), new(2026, 2, 21), RequestAnswer.Denied, "could not be verified"),
        new("r3", PrivacyRequestKind.Erasure, "opendsr", new(2026, 12, 31), new(2027, 1, 31), RequestAnswer.CompliedWith, "1798.105(d)(8) for one invoice"),
        new("r4", PrivacyRequestKind.Erasure, "form", new(2026, 12, 1), null, null, null),
        new("r5", PrivacyRequestKind.Access, "form", new(2026, 3, 1), new(2026, 3, 2), RequestAnswer.CompliedWith, null),
        new("r6", PrivacyRequestKind.Portability, "form", new(2026, 3, 1), new(2026, 3, 5), RequestAnswer.CompliedWith, null),
        new("r7", PrivacyRequestKind.Erasure, "form", new(2025, 12, 31), new(2026, 1, 2), RequestAnswer.CompliedWith, null),
    ];

    [Fact]
    public void A_year_counts_what_came_in_it_by_kind_and_answer()
    {
        var figures = CcpaMetrics.Of(Requests, 2026);

        Assert.Equal(new(PrivacyRequestKind.Erasure, 4, 2, 1, 1, 20), figures.Single(figure => figure.Kind == PrivacyRequestKind.Erasure));
    }

    [Fact]
    public void Portability_counts_as_know_and_the_median_of_two_lies_between_them() =>
        Assert.Equal(new(PrivacyRequestKind.Access, 2, 2, 0, 0, 2.5m), CcpaMetrics.Of(Requests, 2026).Single(figure => figure.Kind == PrivacyRequestKind.Access));

    [Fact]
    public void A_kind_nobody_asked_for_is_there_without_days() =>
        Assert.Equal(new(PrivacyRequestKind.LimitSensitiveData, 0, 0, 0, 0, null), CcpaMetrics.Of(Requests, 2026).Single(figure => figure.Kind == PrivacyRequestKind.LimitSensitiveData));

    [Fact]
    public void The_record_has_the_six_fields_of_each_request_oldest_first() => Assert.Equal("""
        date of request,nature of request,manner of request,date of response,nature of response,basis for denial
        2025-12-31,erasure,form,2026-01-02,complied with,
        2026-12-01,erasure,form,,open,
        2026-12-31,erasure,opendsr,2027-01-31,complied with in part,1798.105(d)(8) for one invoice

        """.ReplaceLineEndings("\r\n"), Encoding.UTF8.GetString(RecordExport.Csv([Requests[3], Requests[2], Requests[6]])).TrimStart('\uFEFF'));

    [Fact]
    public void A_ground_that_begins_like_a_formula_is_defused() =>
        Assert.Contains("'=cmd", Encoding.UTF8.GetString(RecordExport.Csv([Requests[1] with { DenialGround = "=cmd" }])), StringComparison.Ordinal);
}
