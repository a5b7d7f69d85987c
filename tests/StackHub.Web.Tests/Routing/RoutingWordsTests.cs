using StackHub.Web.Routing;

namespace StackHub.Web.Tests.Routing;

public sealed class RoutingWordsTests
{
    [Theory]
    [InlineData("title startsWith Chief", "title begins with Chief")]
    [InlineData("leadScore atLeast 80", "lead score is at least 80")]
    [InlineData("not: country in Germany, France", "must not be so: country is one of Germany, France")]
    [InlineData("somebody owns them: it would have to be given back", "somebody owns them: it would have to be given back")]
    [InlineData("cap_reached(2/2)", "cap reached (2/2)")]
    public void A_change_is_said_as_people_say_it(string what, string words) => Assert.Equal(words, RoutingWords.Change(what));

    [Theory]
    [InlineData("executives", "title startsWith Chief", "does not fit: title begins with Chief")]
    [InlineData("europe", "pool europe", "fits, to pool europe")]
    [InlineData("customer", "does not apply", "does not apply")]
    [InlineData("fallback", "pool inbound", "pool inbound")]
    public void What_came_of_a_step_is_said(string step, string outcome, string words) => Assert.Equal(words, RoutingWords.Outcome(new(step, outcome)));

    [Theory]
    [InlineData("owner", "Owner")]
    [InlineData("matched-account", "Matched account")]
    [InlineData("hannah", "hannah")]
    [InlineData("executives", "rule executives")]
    public void Who_says_no_is_told_apart(string name, string words) => Assert.Equal(words, RoutingWords.Who(name, "owner hannah"));

    [Theory]
    [InlineData("open-opportunity", "Open opportunity")]
    [InlineData("by-hand", "By hand")]
    [InlineData("fallback", "Fallback")]
    [InlineData("europe", "Rule europe")]
    public void What_decided_is_a_step_or_a_rule(string name, string words) => Assert.Equal(words, RoutingWords.Step(name));
}
