using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;
using static StackHub.Tests.Identity.People;

namespace StackHub.Tests.Identity;

public sealed class PersonMatchTests
{
    private static readonly (string Name, Func<MatchFeatures, MatchFeatures> Add)[] AgreeingEvidence =
    [
        ("e-mail", person => person with { Emails = [.. person.Emails, Email("same.one@acme.com")] }),
        ("free mail", person => person with { Emails = [.. person.Emails, Email("same.one@gmail.com")] }),
        ("shared mailbox", person => person with { Emails = [.. person.Emails, Email("office@acme.com")] }),
        ("phone", person => person with { Phones = [.. person.Phones, Phone("+49301234567")] }),
        ("company", person => person with { Company = "Initech" }),
        ("title", person => person with { Title = "Chief" }),
        ("postal code", person => person with { PostalCode = "12345" }),
        ("city", person => person with { City = "Rome" }),
        ("country", person => person with { Country = "Italy" }),
        ("name", person => person with { FirstName = "Ada", LastName = "Lovelace" }),
    ];

    [Fact]
    public void A_business_mailbox_with_a_missing_name_merges() =>
        Assert.IsType<MatchDecision.Merge>(Decide(Bob with { Emails = [Email("bob@acme.com")] }, new() { Emails = [Email("BOB@acme.com")] }));

    [Fact]
    public void A_business_mailbox_with_conflicting_names_goes_to_a_person()
    {
        var decision = Decide(
            Bob with { Emails = [Email("bob@acme.com")], Company = "Acme" },
            new() { FirstName = "Mary", LastName = "Jones", Emails = [Email("bob@acme.com")], Company = "Acme" });

        Assert.Equal("Their names conflict.", Assert.IsType<MatchDecision.Review>(decision).Reason);
    }

    [Fact]
    public void A_free_mail_address_with_a_compatible_name_merges() => Assert.IsType<MatchDecision.Merge>(Decide(
        Bob with { Emails = [Email("bob@gmail.com")] }, Bob with { FirstName = "Bob", Emails = [Email("bob@gmail.com")] }));

    [Fact]
    public void A_free_mail_address_alone_does_not_merge() => Assert.IsType<MatchDecision.Review>(Decide(
        Bob with { Emails = [Email("bob@gmail.com")] }, new() { Emails = [Email("bob@gmail.com")] }));

    [Fact]
    public void A_shared_mailbox_merges_only_the_same_full_name()
    {
        var left = Bob with { Emails = [Email("info@acme.com")] };

        Assert.IsType<MatchDecision.Merge>(Decide(left, left));
        Assert.IsNotType<MatchDecision.Merge>(Decide(left, left with { FirstName = "R." }));
        Assert.IsNotType<MatchDecision.Merge>(Decide(left, left with { FirstName = null, LastName = null }));
        Assert.IsType<MatchDecision.Distinct>(Decide(left, left with { FirstName = "Mary", LastName = "Jones" }));
    }

    [Fact]
    public void A_phone_with_a_compatible_name_merges() => Assert.IsType<MatchDecision.Merge>(Decide(
        Bob with { Phones = [Phone("+14155552671")] }, Bob with { FirstName = "Bob", Phones = [Phone("+14155552671")] }));

    [Fact]
    public void A_toll_free_number_is_no_strong_key() => Assert.IsNotType<MatchDecision.Merge>(Decide(
        Bob with { Phones = [Phone("+18005551234")], Company = "Acme" }, Bob with { Phones = [Phone("+18005551234")], Company = "Acme" }));

    [Fact]
    public void One_name_at_one_company_goes_to_a_person()
    {
        var person = Bob with { Company = "Acme", City = "Berlin", Title = "CEO" };

        Assert.Equal("No key that identifies a person agrees.", Assert.IsType<MatchDecision.Review>(Decide(person, person)).Reason);
    }

    [Fact]
    public void Colleagues_with_one_phone_and_merely_compatible_names_go_to_a_person() => Assert.IsType<MatchDecision.Review>(Decide(
        new() { FirstName = "J.", LastName = "Smith", Emails = [Email("john.smith@acme.com")], Phones = [Phone("+442079460958")], CompanyDomain = "acme.com" },
        new() { FirstName = "Jane", LastName = "Smith", Emails = [Email("jane.smith@acme.com")], Phones = [Phone("+442079460958")], CompanyDomain = "acme.com" }));

    [Fact]
    public void Strangers_are_distinct() => Assert.IsType<MatchDecision.Distinct>(Decide(
        Bob with { Emails = [Email("bob@acme.com")] }, new() { FirstName = "Mary", LastName = "Jones", Emails = [Email("mary@globex.com")] }));

    [Fact]
    public void Too_little_to_compare_gives_no_opinion() => Assert.IsType<MatchDecision.NoOpinion>(Decide(
        new() { Company = "Acme" }, new() { Company = "Acme", Emails = [Email("bob@acme.com")] }));

    [Fact]
    public void An_external_id_is_identity() => Assert.Equal(1, Assert.IsType<MatchDecision.Merge>(Decide(
        Bob with { ExternalIds = ["salesforce/contact/003A"] },
        new() { FirstName = "Mary", LastName = "Jones", ExternalIds = ["salesforce/contact/003A"] })).Probability);

    [Fact]
    public void A_common_family_name_is_weaker_evidence_than_a_rare_one()
    {
        var weights = new MatchWeights { SurnameFrequency = name => name == "smith" ? 0.01 : 0.00001 };
        var smith = Bob with { LastName = "Smith" };

        Assert.True(PersonMatch.Score(smith, smith, weights).Weight < PersonMatch.Score(Bob, Bob, weights).Weight);
    }

    [Fact]
    public void Even_the_commonest_family_name_never_counts_against() => Prop.ForAll(
        Gen.Choose(0, 1_000).Select(share => share / 1_000.0).ToArbitrary(),
        share => PersonMatch.Score(Bob, Bob, new() { SurnameFrequency = _ => share }).Weight > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void A_level_can_be_replaced()
    {
        var weights = new MatchWeights { Overrides = [new(Comparisons.Name, Levels.Same, 0.5, 0.25)] };

        Assert.Equal(1, PersonMatch.Score(Bob, Bob, weights).Weight, 9);
    }

    [Fact]
    public void Wrong_weights_and_thresholds_are_named_all_at_once()
    {
        var weights = new MatchWeights { Prior = 0, Overrides = [new("name", "sane", 0.5, 0.5), new("name", "same", 1, 0)] };

        Assert.Equal(3, weights.Problems().Count());
        Assert.Contains("must weigh at least as much", Assert.Single(Loose.Problems()), StringComparison.Ordinal);
        Assert.Empty(MatchWeights.Default.Problems());
        Assert.Single(new MatchThresholds(Merge: 0.4).Problems());
    }

    [Fact]
    public void An_explanation_adds_up_and_names_every_comparison()
    {
        var person = Bob with { Emails = [Email("bob@acme.com")], Company = "Acme", City = "Berlin" };

        var decision = Decide(person, person);

        Assert.Equal(
            ["name: same (+10.6)", "e-mail: same mailbox (+19.4)", "company: same domain (+6.2)", "place: same city (+3.7)"],
            decision.Explanation.Select(step => step.ToString()));
    }

    [Fact]
    public void A_decision_prints_no_personal_data()
    {
        var person = Bob with { Emails = [Email("bob@acme.com")] };

        Assert.DoesNotContain("Oakheart", $"{person} {Decide(person, person)}", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("acme", $"{person} {Decide(person, person)}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_closer_agreement_weighs_more_than_a_looser_one() => Assert.All(
        MatchWeights.BuiltIn.GroupBy(level => level.Comparison),
        levels => Assert.Equal(levels.OrderByDescending(level => level.Weight).Select(level => level.Level), levels.Select(level => level.Level)));

    [Fact]
    public void A_decision_is_symmetric() => Prop.ForAll(Pairs, pair =>
    {
        var (one, other) = (Decide(pair.Item1, pair.Item2), Decide(pair.Item2, pair.Item1));
        return one.GetType() == other.GetType() && one.Reason == other.Reason && one.Explanation.SequenceEqual(other.Explanation);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Agreeing_evidence_never_lowers_the_probability() => Prop.ForAll(
        Pairs, Gen.Elements(AgreeingEvidence).ToArbitrary(), (pair, evidence) =>
            PersonMatch.Score(evidence.Add(pair.Item1), evidence.Add(pair.Item2)).Probability
                >= PersonMatch.Score(pair.Item1, pair.Item2).Probability)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Conflicting_names_are_never_merged() => Prop.ForAll(Pairs, pair =>
        PersonName.Compatible(pair.Item1.FirstName, pair.Item1.LastName, pair.Item2.FirstName, pair.Item2.LastName) != NameAgreement.Conflict
        || Decide(pair.Item1, pair.Item2) is not MatchDecision.Merge).QuickCheckThrowOnFailure();

    private static MatchWeights Loose { get; } = new() { Overrides = [new(Comparisons.Phone, Levels.Same, 0.5, 0.4)] };

    private static MatchDecision Decide(MatchFeatures left, MatchFeatures right) => PersonMatch.Decide(left, right);
}
