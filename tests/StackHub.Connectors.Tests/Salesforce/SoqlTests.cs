using FsCheck;
using FsCheck.Fluent;
using StackHub.Connectors.Salesforce;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SoqlTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("O'Brien", @"'O\'Brien'")]
    [InlineData(@"back\slash", @"'back\\slash'")]
    [InlineData("a\nb\rc\td", @"'a\nb\rc\td'")]
    [InlineData(@"x\' OR Name != '", @"'x\\\' OR Name != \''")]
    public void A_literal_is_escaped(string value, string literal) => Assert.Equal(literal, Soql.Literal(value));

    [Fact]
    public void A_literal_reads_back_as_what_was_written() =>
        Prop.ForAll<NonNull<string>>(value => Unescape(Soql.Literal(value.Get)) == value.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void No_value_ends_its_literal_early() =>
        Prop.ForAll<NonNull<string>>(value => EndOfLiteral(Soql.Literal(value.Get + "' OR Id != '")) == Soql.Literal(value.Get + "' OR Id != '").Length - 1).QuickCheckThrowOnFailure();

    [Fact]
    public void An_instant_is_in_utc_and_has_no_quotes() =>
        Assert.Equal("2026-01-01T00:00:00Z", Soql.Literal(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void An_instant_keeps_its_milliseconds() =>
        Assert.Equal("2026-01-01T00:00:00.25Z", Soql.Literal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 250, TimeSpan.Zero)));

    [Theory]
    [InlineData("Email FROM User--")]
    [InlineData("(SELECT Id FROM Contacts)")]
    [InlineData("Name,Id")]
    [InlineData("")]
    [InlineData("Email\n")]
    public void A_name_that_is_more_than_a_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => Soql.Name(name));

    [Fact]
    public void Runs_keep_every_value_in_order_and_every_address_short()
    {
        var values = Enumerable.Range(0, 2_000).Select(number => $"user'{number}@example.com").ToList();

        var runs = Soql.Runs(values, maxCount: 500, usedByRest: 1_000).ToList();

        Assert.Equal(values, runs.SelectMany(run => run));
        Assert.All(runs, run => Assert.InRange(Uri.EscapeDataString(Soql.List(run)).Length + 1_000, 0, 15_100));
    }

    private static string Unescape(string literal)
    {
        var text = new System.Text.StringBuilder();
        for (var index = 1; index < literal.Length - 1; index++)
            text.Append(literal[index] == '\\' ? Meaning(literal[++index]) : literal[index]);
        return text.ToString();
    }

    private static char Meaning(char escaped) => escaped switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => escaped };

    private static int EndOfLiteral(string literal)
    {
        for (var index = 1; index < literal.Length; index++)
            if (literal[index] == '\\')
                index++;
            else if (literal[index] == '\'')
                return index;
        return -1;
    }
}
