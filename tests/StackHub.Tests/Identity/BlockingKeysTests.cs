using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;
using static StackHub.Tests.Identity.People;

namespace StackHub.Tests.Identity;

public sealed class BlockingKeysTests
{
    [Theory]
    [InlineData("Robert", "Smith", "Bob", "Smyth")]
    [InlineData("Jürgen", "Müller", "Juergen", "Mueller")]
    [InlineData("Anna", "Schmidt", "Anna", "Schmitt")]
    [InlineData("Cathy", "Kramer", "Kathy", "Cramer")]
    [InlineData("Jon", "Philips", "John", "Fillips")]
    [InlineData("Liz", "MacDonald", "Elizabeth", "McDonald")]
    public void Spellings_of_one_name_meet(string first1, string last1, string first2, string last2) =>
        Assert.NotEmpty(Of(first1, last1).Intersect(Of(first2, last2)));

    [Fact]
    public void A_person_whose_first_name_is_missing_meets_at_the_company() => Assert.NotEmpty(
        BlockingKeys.Of(new() { LastName = "Oakheart", CompanyDomain = "www.acme.com" })
            .Intersect(BlockingKeys.Of(Bob with { Emails = [Email("bob@acme.com")] })));

    [Fact]
    public void One_phone_in_two_countries_spelling_meets() => Assert.Equal(
        BlockingKeys.Of(new() { Phones = [Phone("+14155552671")] }), BlockingKeys.Of(new() { Phones = [Phone("+14155552671 ext. 3")] }));

    [Fact]
    public void A_typo_in_the_mail_domain_still_meets() => Assert.NotEmpty(
        BlockingKeys.Of(new() { LastName = "Oakheart", Emails = [Email("bob.o@acme.com")] })
            .Intersect(BlockingKeys.Of(new() { LastName = "Oakhart", Emails = [Email("bob.o+x@amce.com")] })));

    [Fact]
    public void There_are_at_most_four_different_keys() => Prop.ForAll(Any, person =>
        BlockingKeys.Of(person) is var keys && keys.Count <= 4 && keys.Distinct().Count() == keys.Count).QuickCheckThrowOnFailure();

    [Fact]
    public void Free_mail_is_no_company() =>
        Assert.DoesNotContain(BlockingKeys.Of(Bob with { Emails = [Email("bob@gmail.com")] }), key => key.StartsWith("d:", StringComparison.Ordinal));

    private static IReadOnlyList<string> Of(string first, string last) => BlockingKeys.Of(new() { FirstName = first, LastName = last });
}
