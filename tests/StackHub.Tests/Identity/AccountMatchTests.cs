using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class AccountMatchTests
{
    private static readonly AccountFeatures Acme = new() { Name = "Acme Inc.", Domain = "acme.com" };

    private static readonly Arbitrary<(AccountFeatures, AccountFeatures)> Pairs = (
        from name in Gen.Elements<string?>(null, "Acme Inc.", "ACME", "Acme Group", "Tech Group", "Techgroup", "Globex", "Unknown", "IBM", "International Business Machines")
        from domain in Gen.Elements<string?>(null, "acme.com", "www.acme.com", "acme.de", "gmail.com")
        from city in Gen.Elements<string?>(null, "Berlin", "Paris")
        from country in Gen.Elements<string?>(null, "Germany", "France")
        select new AccountFeatures { Name = name, Domain = domain, City = city, Country = country })
        .Two().Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    [Fact]
    public void One_registrable_domain_is_one_account() =>
        Assert.IsType<AccountDecision.Same>(AccountMatch.Decide(Acme, new() { Name = "Acme Germany GmbH", Domain = "https://shop.acme.com/de" }));

    [Fact]
    public void One_domain_with_names_that_have_nothing_in_common_goes_to_a_person() =>
        Assert.IsType<AccountDecision.Review>(AccountMatch.Decide(Acme, new() { Name = "Zulu", Domain = "acme.com" }));

    [Fact]
    public void Two_domains_are_never_one_account_by_name_alone()
    {
        var decision = AccountMatch.Decide(Acme, Acme with { Domain = "acme.de" });

        Assert.Equal("The names are alike, but each has a domain of its own.", Assert.IsType<AccountDecision.Review>(decision).Reason);
    }

    [Fact]
    public void Two_domains_and_two_names_are_two_accounts() =>
        Assert.IsType<AccountDecision.Distinct>(AccountMatch.Decide(Acme, new() { Name = "Globex", Domain = "globex.com" }));

    [Fact]
    public void One_name_without_a_second_domain_is_one_account() => Assert.IsType<AccountDecision.Same>(AccountMatch.Decide(Acme, new() { Name = "ACME Ltd" }));

    [Fact]
    public void One_name_in_two_countries_goes_to_a_person() => Assert.IsType<AccountDecision.Review>(
        AccountMatch.Decide(new() { Name = "Acme", Country = "Germany" }, new() { Name = "Acme", Country = "France" }));

    [Fact]
    public void A_close_name_needs_a_place_to_be_one_account()
    {
        var (one, other) = (new AccountFeatures { Name = "Microsoft" }, new AccountFeatures { Name = "Microsft" });

        Assert.IsType<AccountDecision.Review>(AccountMatch.Decide(one, other));
        Assert.IsType<AccountDecision.Same>(AccountMatch.Decide(one with { PostalCode = "98052" }, other with { PostalCode = "98 052" }));
    }

    [Fact]
    public void A_name_of_common_words_needs_a_person() =>
        Assert.IsType<AccountDecision.Review>(AccountMatch.Decide(new() { Name = "Global Solutions" }, new() { Name = "Global Solutions Ltd" }));

    [Fact]
    public void A_free_mail_domain_links_no_accounts() => Assert.IsType<AccountDecision.Distinct>(
        AccountMatch.Decide(new() { Name = "Acme", Domain = "gmail.com" }, new() { Name = "Globex", Domain = "gmail.com" }));

    [Theory]
    [InlineData("example.com", "acme.example.com", null)]
    [InlineData("localhost", "http://localhost:8080/", null)]
    [InlineData("globex.local", "globex.invalid", null)]
    [InlineData("acme.example", "www.acme.example", true)]
    [InlineData("acme.test", "globex.test", false)]
    public void A_reserved_name_is_no_evidence_but_made_up_companies_under_test_domains_are_told_apart(string one, string other, bool? same) => Assert.Equal(
        same, AccountMatch.Decide(new() { Name = "Acme", Domain = one }, new() { Name = "Globex", Domain = other }).Evidence.SameDomain);

    [Fact]
    public void An_agency_domain_links_no_accounts() => Assert.IsType<AccountDecision.Distinct>(AccountMatch.Decide(
        new() { Name = "Acme", Domain = "agency.com" }, new() { Name = "Globex", Domain = "agency.com" }, new HashSet<string> { "agency.com" }));

    [Fact]
    public void Placeholders_are_nothing_to_compare() =>
        Assert.IsType<AccountDecision.Distinct>(AccountMatch.Decide(new() { Name = "Unknown" }, new() { Name = "Unknown" }));

    [Fact]
    public void The_best_candidate_comes_first_and_distinct_ones_are_left_out()
    {
        var ranked = AccountMatch.Rank(new() { Name = "Acme", Domain = "mail.acme.co.uk" },
            [(1, new() { Name = "Acme Ltd" }), (2, new() { Name = "Globex" }), (3, new() { Name = "Acme", Domain = "acme.co.uk" })]);

        Assert.Equal([(3, false), (1, false)], ranked.Select(account => (account.Id, account.IsTied)));
    }

    [Fact]
    public void Candidates_that_are_equally_good_are_shown_as_tied()
    {
        var ranked = AccountMatch.Rank(new() { Name = "Acme", Domain = "bob@gmail.com" },
            [(1, new() { Name = "ACME", Domain = "acme.com" }), (2, new() { Name = "Acme", Domain = "acme.de" })]);

        Assert.All(ranked, account => Assert.True(account.IsTied));
    }

    [Fact]
    public void A_decision_is_symmetric() => Prop.ForAll(Pairs, pair =>
        AccountMatch.Decide(pair.Item1, pair.Item2) == AccountMatch.Decide(pair.Item2, pair.Item1)).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_domains_never_give_one_account() => Prop.ForAll(Pairs, pair =>
        AccountMatch.Decide(pair.Item1, pair.Item2) is not AccountDecision.Same { Evidence.SameDomain: false }).QuickCheckThrowOnFailure();
}
