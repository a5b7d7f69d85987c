using StackHub.Audit;

namespace StackHub.Tests.Audit;

public sealed class FindingHistoryTests
{
    private static readonly DateTimeOffset Monday = Stacks.Now;
    private static readonly DateTimeOffset Next = Monday.AddDays(7);
    private static readonly Finding Found = new("unused-seats", "desk", Severity.Medium, "42 of 120 seats") { Evidence = [new("unused", "42")] };

    [Fact]
    public void An_id_is_of_check_and_subject_and_not_of_words()
    {
        Assert.Equal(Found.Id, (Found with { Title = "Other words", Severity = Severity.High, Evidence = [] }).Id);
        Assert.NotEqual(Found.Id, (Found with { Subject = "crm" }).Id);
        Assert.Equal(Finding.IdOf("unused-seats", "desk"), Found.Id);
    }

    [Fact]
    public void What_is_found_for_the_first_time_is_new()
    {
        var finding = Assert.Single(After([], [Found], Monday));

        Assert.Equal((FindingStatus.Open, Monday, Monday), (finding.Status, finding.FirstSeen, finding.LastSeen));
        Assert.True(FindingHistory.IsNew(finding, Monday));
    }

    [Fact]
    public void What_is_found_again_keeps_its_first_day_and_is_changed_only_if_it_says_something_else()
    {
        var first = After([], [Found], Monday);

        var same = Assert.Single(After(first, [Found with { Title = "Better words" }], Next));
        var other = Assert.Single(After(first, [Found with { Evidence = [new("unused", "43")] }], Next));

        Assert.Equal((Monday, Next), (same.FirstSeen, same.LastSeen));
        Assert.False(FindingHistory.IsNew(same, Next) || FindingHistory.IsChanged(same, Next));
        Assert.True(FindingHistory.IsChanged(other, Next) && !FindingHistory.IsNew(other, Next));
    }

    [Fact]
    public void What_is_found_no_more_is_fixed_and_new_again_when_it_comes_back()
    {
        var gone = Assert.Single(After(After([], [Found], Monday), [], Next));
        var back = Assert.Single(After([gone], [Found], Next.AddDays(7)));

        Assert.True(gone.Status == FindingStatus.Fixed && FindingHistory.IsGone(gone, Next));
        Assert.True(FindingHistory.IsNew(back, Next.AddDays(7)));
        Assert.Equal(Monday, back.FirstSeen);
    }

    [Fact]
    public void An_accepted_finding_stays_so_until_its_day_is_over()
    {
        var accepted = After([], [Found], Monday)[0] with { Status = FindingStatus.Accepted, AcceptedUntil = Stacks.Today.PlusDays(7), AcceptedBecause = "spare" };

        Assert.Equal(FindingStatus.Accepted, After([accepted], [Found], Next)[0].Status);
        Assert.True(FindingHistory.IsNew(After([accepted], [Found], Next.AddDays(1))[0], Next.AddDays(1)));
    }

    [Fact]
    public void An_accepted_finding_that_becomes_graver_asks_again()
    {
        var accepted = After([], [Found], Monday)[0] with { Status = FindingStatus.Accepted, AcceptedUntil = Stacks.Today.PlusDays(365) };

        Assert.Equal(FindingStatus.Open, After([accepted], [Found with { Severity = Severity.High }], Next)[0].Status);
    }

    [Fact]
    public void A_run_that_is_made_again_says_the_same()
    {
        Finding[] found = [Found, Found with { Subject = "crm" }];
        var before = After([], [Found with { Subject = "old" }], Monday);
        var once = After(before, found, Next);

        var twice = After(once, found, Next);

        Assert.Equal(once.Select(Told), twice.Select(Told));
        string Told(Finding finding) => $"{finding.Id} {finding.Status} {FindingHistory.IsNew(finding, Next)} {FindingHistory.IsGone(finding, Next)} {FindingHistory.IsChanged(finding, Next)}";
    }

    private static Finding[] After(IEnumerable<Finding> known, Finding[] found, DateTimeOffset at) => [.. FindingHistory.After(known, found, at, NodaTime.LocalDate.FromDateTime(at.UtcDateTime))];
}
