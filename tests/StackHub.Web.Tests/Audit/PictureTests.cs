using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Testing.Audit;
using StackHub.Web.Audit;
using StackHub.Web.Audit.Parts;

namespace StackHub.Web.Tests.Audit;

public sealed class PictureTests
{
    [Fact]
    public void The_matrix_puts_tools_that_are_alike_beside_each_other()
    {
        PairOverlap[] pairs = [Pair("a", "d", 0.9), Pair("b", "c", 0.8), Pair("d", "b", 0.6)];

        var matrix = MatrixModel.Of(pairs);

        Assert.Equal(["a", "d", "b", "c"], matrix.Tools.Select(tool => tool.Text));
        Assert.Same(pairs[2], matrix.At(new("b"), new("d")));
        Assert.Same(pairs[2], matrix.At(new("d"), new("b")));
        Assert.Null(matrix.At(new("a"), new("c")));
    }

    [Fact]
    public void A_matrix_shows_what_can_be_read_and_says_how_much_is_left()
    {
        var pairs = Enumerable.Range(0, 40).Select(number => Pair($"t{number:00}", $"u{number:00}", 0.9 - number / 100.0)).ToArray();

        var matrix = MatrixModel.Of(pairs);

        Assert.Equal(MatrixModel.MostTools, matrix.Tools.Count);
        Assert.Equal(80 - MatrixModel.MostTools, matrix.Left);
        Assert.Contains(new ToolId("t00"), matrix.Tools);
    }

    [Fact]
    public void The_map_counts_personal_fields_once_and_names_what_has_no_purpose()
    {
        var map = FlowMapModel.Of(SomeAudit.Report.Flows, tool => tool.Text);

        Assert.Equal(["hubspot"], map.From.Select(node => node.Key));
        Assert.Equal(["mailer", "hubspot"], map.To.Select(node => node.Key));
        Assert.Equal(["service", FlowMapModel.Undeclared], map.Purposes.Select(node => node.Key));
        Assert.Equal(52, map.From[0].Values);
        Assert.Equal(1, map.From[0].PersonalFields);
        Assert.Contains("mailer was told 60 values, of 1 personal field.", map.Description, StringComparison.Ordinal);
        Assert.Equal(3, map.Ribbons.Count);
    }

    [Fact]
    public void Nothing_in_a_picture_leaves_its_frame()
    {
        var map = FlowMapModel.Of([.. Enumerable.Range(0, 30).Select(number => new DataFlow(new($"t{number}"), "Person", $"f{number}", $"p{number}", true) { From = number, To = 30 - number })], tool => tool.Text);

        Assert.All(map.From.Concat(map.Purposes).Concat(map.To), node => Assert.InRange(node.Y, 0, map.Height - FlowMapModel.BoxHeight));
        Assert.True(map.Left > 0);
    }

    [Fact]
    public void The_trend_stacks_severities_and_ends_with_the_newest_run()
    {
        var trend = TrendModel.Of(SomeAudit.Runs);

        Assert.Equal(SomeAudit.Runs.Select(run => run.Id).Reverse(), trend.Columns.Select(column => column.Run.Id));
        Assert.All(trend.Columns, column => Assert.Equal(column.Run.Open.Sum(), column.Parts.Sum(part => column.Run.OpenAt(part.Severity))));
        Assert.All(trend.Columns, column => Assert.InRange(column.Y, TrendModel.Top, TrendModel.Top + TrendModel.Plot));
        Assert.Equal(Severity.High, trend.Columns[^1].Parts[0].Severity);
    }

    [Fact]
    public void Renewals_come_by_the_last_day_to_act_and_those_that_renewed_are_over()
    {
        var stack = SomeAudit.Report.Stack;
        var report = SomeAudit.Report with
        {
            Stack = stack with
            {
                Tools =
                [
                    stack.Tools[0] with { Contract = new(new(2027, 3, 1), 30) },
                    stack.Tools[1] with { Contract = new(new(2027, 4, 1), 90) },
                    stack.Tools[2] with { Contract = new(SomeAudit.Today, 30) },
                ],
            },
        };

        var rows = RenewalList.Of(report, AuditSettings.Default, SomeAudit.Today);

        Assert.Equal([SomeAudit.Mailer, SomeAudit.HubSpot], rows.Select(row => row.Tool.Id));
        Assert.Equal(new(2027, 1, 29), rows[1].LastDay); // the 30th is a Saturday
    }

    [Fact]
    public void Exposure_has_a_row_a_personal_field_and_a_column_a_tool()
    {
        var exposure = ExposureModel.Of(SomeAudit.Report.Flows);

        var row = Assert.Single(exposure.Rows);
        Assert.Equal("service", row.Purpose);
        Assert.Equal([SomeAudit.HubSpot, SomeAudit.Mailer], exposure.Tools);
        Assert.Equal(60, row.ByTool[SomeAudit.Mailer].To);
    }

    [Theory]
    [InlineData("2026-12-01", "because it is so", null)]
    [InlineData(" 2027-12-01 ", "x", null)]
    [InlineData("2026-11-30", "x", "until")]
    [InlineData("2027-12-02", "x", "until")]
    [InlineData("1.12.2026", "x", "until")]
    [InlineData(null, "x", "until")]
    [InlineData("2026-12-01", "  ", "because")]
    [InlineData("2026-12-01", null, "because")]
    [InlineData("2026-12-01", "two\nlines", "because")]
    public void A_finding_is_accepted_until_a_day_within_a_year_and_for_a_reason(string? until, string? because, string? wrong)
    {
        var read = Acceptance.Read(until, because, SomeAudit.Today);

        Assert.Equal(wrong, read.Wrong);
        Assert.Equal(wrong is null, read.Acceptance is not null);
    }

    private static PairOverlap Pair(string one, string other, double redundancy) => new(new(one), new(other), redundancy, 1, PairVerdict.Duplicate);
}
