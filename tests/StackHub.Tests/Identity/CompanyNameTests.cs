using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class CompanyNameTests
{
    private static readonly Gen<string> Words = Gen.Elements(
        "Acme", "acme", "The", "&", "and", "A", "B", "Inc.", "GmbH", "S.p.A.", "(UK)", "Software", "Group", "Co", "KG", "54", "Ltd", "AB", "Test", "N.A.", "y");

    private static readonly Arbitrary<string> Names = Words.NonEmptyListOf().Select(words => string.Join(' ', words.Take(6))).ToArbitrary();

    [Theory]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("ACME GmbH & Co. KG", "acme")]
    [InlineData("Acme S.p.A.", "acme")]
    [InlineData("Acme S.A.", "acme")]
    [InlineData("Acme Pty Ltd", "acme")]
    [InlineData("Acme B.V.", "acme")]
    [InlineData("Acme Oy", "acme")]
    [InlineData("Acme AB (publ)", "acme")]
    [InlineData("AB Volvo", "volvo")]
    [InlineData("ООО Ромашка", "ромашка")]
    [InlineData("株式会社 日立", "日立")]
    [InlineData("The Acme Company", "acme")]
    [InlineData("Acme (UK) Limited", "acme")]
    [InlineData("Smith & Jones LLP", "smith and jones")]
    [InlineData("Müller und Söhne GmbH", "muller and sohne")]
    [InlineData("I.B.M. Corp", "ibm")]
    [InlineData("AT&T Inc.", "at and t")]
    [InlineData("Amazon.com, Inc.", "amazon")]
    [InlineData("AB", "ab")]
    [InlineData("Unknown", "")]
    [InlineData("n/a", "")]
    public void A_name_has_one_normal_form(string name, string normal) => Assert.Equal(normal, CompanyName.Normal(name));

    [Fact]
    public void A_normal_form_is_its_own_normal_form() => Prop.ForAll(Names, name =>
        CompanyName.Normal(CompanyName.Normal(name)) == CompanyName.Normal(name)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Acme Inc.", "ACME GmbH", CompanyEvidence.SameName, 1, 1)]
    [InlineData("Face Book", "Facebook", CompanyEvidence.SameLetters, 0.97, 0.97)]
    [InlineData("IBM", "International Business Machines", CompanyEvidence.Acronym, 0.8, 0.8)]
    [InlineData("Studio 54", "Studio 55", CompanyEvidence.OtherNumber, 0, 0.5)]
    [InlineData("Microsoft", "Microsft", CompanyEvidence.WordsAndSpelling, 0.9, 0.97)]
    [InlineData("Acme Group", "Acme", CompanyEvidence.WordsAndSpelling, 0.85, 0.97)]
    [InlineData("Acme Bakery", "Acme Robotics", CompanyEvidence.WordsAndSpelling, 0.4, 0.87)]
    [InlineData("Globex", "Initech", CompanyEvidence.WordsAndSpelling, 0, 0.4)]
    [InlineData("", "Initech", CompanyEvidence.NothingToCompare, 0, 0)]
    public void Similarity_says_how_alike_and_why(string left, string right, CompanyEvidence evidence, double low, double high)
    {
        var similarity = CompanySimilarity.Of(left, right);

        Assert.Equal(evidence, similarity.Evidence);
        Assert.InRange(similarity.Score, low, high);
    }

    [Fact]
    public void The_legal_form_breaks_a_tie() =>
        Assert.True(CompanySimilarity.Of("Acme Inc", "Acme, Inc.") > CompanySimilarity.Of("Acme Inc", "Acme GmbH"));

    [Fact]
    public void Similarity_is_symmetric_and_within_its_range() => Prop.ForAll(Names, Names, (left, right) =>
        CompanySimilarity.Of(left, right) == CompanySimilarity.Of(right, left)
        && CompanySimilarity.Of(left, right).Score is >= 0 and <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_that_is_known_is_like_itself() => Prop.ForAll(Names, name =>
        CompanyName.From(name).IsEmpty || CompanySimilarity.Of(name, name).Score == 1).QuickCheckThrowOnFailure();

    [Fact]
    public void Common_words_alone_are_not_distinctive()
    {
        Assert.False(CompanyName.From("Global Solutions Group Ltd").IsDistinctive);
        Assert.True(CompanyName.From("Acme Solutions").IsDistinctive);
    }
}
