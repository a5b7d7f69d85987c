using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;

namespace StackHub.Tests.Audit;

public sealed class ImportTests
{
    [Fact]
    public async Task Columns_are_guessed_by_their_headers()
    {
        var draft = Stacks.Draft();

        var report = await draft.ReadAsync(ImportKind.Tools, """
            Application;Business Owner;Licences;Price per Seat;Renewal Date;Notice Period;DPA;Capabilities
            Acme Mail (Actions);Dana@Example.com;120;"75,00 €";31.03.2027;2 months;yes;Email Marketing|Forms
            """);

        Assert.Equal((null, 1L, 0L), (report.Rejected, report.Rows, report.BadRows));
        var tool = Assert.Single(draft.Build());
        Assert.Equal(("acme-mail", "Acme Mail", new UserId("dana@example.com"), 120), (tool.Id.Text, tool.Name, tool.Owner, tool.Seats));
        Assert.Equal((75m, 108_000m, new NodaTime.LocalDate(2027, 3, 31), 60), (tool.Cost!.SeatPerMonth, tool.YearlyCost, tool.Contract!.Renewal, tool.Contract.NoticeDays));
        Assert.Equal(["email-marketing", "forms"], tool.Activated);
        Assert.Equal("Application", report.Columns["tool"]);
    }

    [Fact]
    public async Task Every_bad_row_is_told_with_its_line_and_reason_and_never_its_value()
    {
        var draft = Stacks.Draft();

        var report = await draft.ReadAsync(ImportKind.Accounts, """
            email,app,last login
            ada@example.com,Desk,2026-11-30
            bob@example.com,,2026-11-30
            "cy
            @example.com",Desk,2026-11-30
            dan@example.com,Desk,yesterday
            eve@example.com,Desk
            fay@example.com,Desk,2027-11-30
            gus@example.com,Desk,2026-11-29
            hal@example.com,Desk,2026-11-28
            ivy@example.com,Desk,2026-11-27T10:00:00Z
            """ + "\n");

        Assert.Equal(["line 3, tool: is empty", "line 6, last login: is no date: write 2026-12-31", "line 7: has 2 cells under 3 columns", "line 8, last login: is in the future"], report.Problems.Select(problem => problem.ToString()));
        Assert.Equal((null, 9L, 4L), (report.Rejected, report.Rows, report.BadRows));
        Assert.Equal(5, draft.Usage.Build().Accounts(new("desk")));
    }

    [Fact]
    public async Task A_column_that_was_chosen_wins_over_the_header()
    {
        var draft = Stacks.Draft();

        var report = await draft.ReadAsync(ImportKind.Invoices, "vendor,booked as,amount\nx,Acme,\"1,234.50\"\ny,Acme,100.00\n", columns: new Dictionary<string, string> { ["vendor"] = "Booked As" });

        Assert.Null(report.Rejected);
        Assert.Equal(1_334.50m, Assert.Single(draft.Build()).YearlyCost);
    }

    [Fact]
    public async Task A_chosen_column_that_the_file_has_not_is_a_reason_to_refuse() =>
        Assert.Contains("'vendor'", (await Stacks.Draft().ReadAsync(ImportKind.Invoices, "vendor,amount\nAcme,1\nAcme,2\nAcme,3\n", columns: new Dictionary<string, string> { ["vendor"] = "nowhere" })).Rejected, StringComparison.Ordinal);

    [Fact]
    public async Task Invoices_of_the_last_year_are_what_a_tool_costs()
    {
        var draft = Stacks.Draft();

        await draft.ReadAsync(ImportKind.Invoices, """
            supplier,invoice date,total,currency
            Acme,2026-11-01,100,EUR
            Acme,2026-05-01,200,EUR
            Acme,2025-11-01,400,EUR
            Acme,2026-06-01,800,USD
            """ + "\n");

        Assert.Equal((300m, "EUR"), (draft.Build()[0].YearlyCost, draft.Build()[0].Currency));
    }

    [Theory]
    [InlineData("[{\"user\":\"a@example.com\",\"app\":\"Desk\",\"lastLogin\":\"2026-11-30T09:00:00Z\"},{\"user\":\"b@example.com\",\"app\":\"Desk\"}]")]
    [InlineData("{\"user\":\"a@example.com\",\"app\":\"Desk\",\"lastLogin\":\"2026-11-30T09:00:00Z\"}\n{\"user\":\"b@example.com\",\"app\":\"Desk\"}\n")]
    [InlineData("[{\"actor\":{\"alternateId\":\"a@example.com\"},\"target\":{\"displayName\":\"Desk\"},\"published\":\"2026-11-30\"},{\"actor\":{\"alternateId\":\"b@example.com\"},\"target\":{\"displayName\":\"Desk\"}}]")]
    public async Task Logins_come_as_a_list_of_objects_too(string json)
    {
        var draft = Stacks.Draft();

        var report = await draft.ReadAsync(ImportKind.Accounts, json);

        Assert.Equal((null, 2L, 0L), (report.Rejected, report.Rows, report.BadRows));
        var usage = draft.Usage.Build();
        Assert.Equal((2, 1), (usage.Accounts(new("desk")), usage.ActiveSince(new("desk"), new(2026, 11, 30))));
    }

    [Theory]
    [InlineData("user,app,last login\na@example.com,Desk,2026-11-30\nb@example.com,\"Des")]
    [InlineData("user,app,last login\na@example.com,Desk,2026-11-30\nb@example.com,De")]
    [InlineData("[{\"user\":\"a@example.com\",\"app\":\"Desk\"},{\"user\":\"b@exam")]
    public async Task A_file_that_breaks_off_is_refused(string text) =>
        Assert.Contains("ends", (await Stacks.Draft().ReadAsync(ImportKind.Accounts, text)).Rejected, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("name,colour\nAcme,red\nBeta,blue\nGamma,green\n", "'user'")]
    [InlineData("user,app,last login,comment for later\n", "no rows")]
    [InlineData("user,app,last login\na,b,never\nc,d,never\ne,f,never\n", "None")]
    public async Task A_file_that_is_something_else_is_refused(string text, string reason) =>
        Assert.Contains(reason, (await Stacks.Draft().ReadAsync(ImportKind.Accounts, text)).Rejected, StringComparison.Ordinal);

    [Fact]
    public async Task An_inch_is_no_open_quote()
    {
        var report = await Stacks.Draft().ReadAsync(ImportKind.Tools, "tool,owner\nMonitor 19\" stand,a@example.com\nBeta,b@example.com\nGamma,c@example.com\n");

        Assert.Null(report.Rejected);
        Assert.Equal(["line 2: has a quote in the middle of a cell"], report.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task Of_several_terms_the_next_one_counts()
    {
        var draft = Stacks.Draft();

        await draft.ReadAsync(ImportKind.Contracts, "tool,renewal,notice\nAcme,2025-06-01,30\nAcme,2027-06-01,30\nAcme,2028-06-01,90 days\n");

        Assert.Equal(new(new(2027, 6, 1), 30), draft.Build()[0].Contract! with { Value = null, RenewsItself = null });
    }

    [Fact]
    public async Task People_who_are_disabled_have_left()
    {
        var draft = Stacks.Draft();

        await draft.ReadAsync(ImportKind.People, "login,status,left on\na@example.com,ACTIVE,\nb@example.com,DEPROVISIONED,2026-11-02\nc@example.com,suspended,\n");

        Assert.Equal([new("b@example.com"), new("c@example.com")], draft.Leavers().Keys.Order());
    }

    [Fact]
    public async Task A_list_without_logins_says_neither_that_a_tool_is_used_nor_that_it_is_not()
    {
        var draft = Stacks.Draft();
        await draft.ReadAsync(ImportKind.Tools, "tool,owner,seats,annual cost\nDesk,dana@example.com,10,5000\n");

        await draft.ReadAsync(ImportKind.Accounts, "user,app\na@example.com,Desk\nb@example.com,Desk\n");

        var stack = Stacks.Of([.. draft.Build()]) with { Usage = draft.Usage.Build() };
        Assert.Equal((2, null), (stack.View().Use(new("desk")).Accounts, stack.View().Use(new("desk")).Utilisation));
        Assert.Empty(stack.Findings("unused-no-login"));
        Assert.Empty(stack.Findings("unused-seats"));
        Assert.Equal("1", Assert.Single(stack.WithLeavers(new UserId("a@example.com")).Findings("seats-of-leavers")).Proves("accounts"));
    }

    [Theory]
    [InlineData("HubSpot (Actions)", "HubSpot")]
    [InlineData("Braze Web Mode", "Braze")]
    [InlineData("Slack Enterprise", "Slack")]
    [InlineData("Acme, Inc.", "Acme")]
    [InlineData("Pro", "Pro")]
    public void Editions_and_modes_of_a_product_are_the_product(string name, string product) => Assert.Equal(product, PlainNames.Strip(name));
}
