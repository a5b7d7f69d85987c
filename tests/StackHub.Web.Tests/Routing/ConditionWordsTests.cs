using StackHub.Rules;
using StackHub.Web.Routing.Policy;

namespace StackHub.Web.Tests.Routing;

public sealed class ConditionWordsTests
{
    private static readonly Condition Country = new Condition.Test("country", RuleOperator.Is, ["US"]);
    private static readonly Condition Score = new Condition.Test("leadScore", RuleOperator.AtLeast, ["80"]);
    private static readonly Condition Industry = new Condition.Test("account.industry", RuleOperator.In, ["bank", "insurance"]);

    public static TheoryData<string, Condition> Conditions => new()
    {
        { "Everybody", Condition.Always },
        { "Country is US", Country },
        { "Country is US, and lead score is at least 80", new Condition.All([Country, Score]) },
        { "Industry of the account is bank or insurance, or (country is US, and lead score is at least 80)", new Condition.Any([Industry, new Condition.All([Country, Score])]) },
        { "Not that country is US, nor that lead score is at least 80", new Condition.None([Country, Score]) },
        { "Country is US, and not that lead score is at least 80", new Condition.All([Country, new Condition.None([Score])]) },
        { "Country is none of US, CA", new Condition.Test("country", RuleOperator.NotIn, ["US", "CA"]) },
        { "Phone is not known", new Condition.Test("phone", RuleOperator.Unknown, []) },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_is_said_in_words(string expected, Condition condition) => Assert.Equal(expected, ConditionWords.Of(condition));
}
