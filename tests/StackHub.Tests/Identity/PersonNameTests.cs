using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class PersonNameTests
{
    private static readonly Gen<string?> Fields = Gen.Elements<string?>(
        null, "", "Bob", "Robert", "R.", "Dr. Robert", "Smith", "Smith Jr.", "Smith Sr.", "Smith-Jones", "Smyth", "van der Berg", "Berg",
        "José", "Jose", "李", "Иван", "Unknown", "Bob Smith", "Smith, Bob", "J.R.", "PhD");

    [Theory]
    [InlineData("Robert", "Smith", "robert", " SMITH ")]
    [InlineData("Dr. José", "Núñez", "Jose", "Nunez")]
    [InlineData("Łukasz", "Wójcik", "Lukasz", "Wojcik")]
    [InlineData("Seán", "O'Brien", "Sean", "OBrien")]
    [InlineData("Bob", "Smith Jr.", "Bob", "Smith")]
    [InlineData("Bob", "Smith, PhD", "Bob", "Smith")]
    [InlineData(null, "Bob Smith", "Bob", "Smith")]
    [InlineData("Bob Smith", "", "Bob", "Smith")]
    [InlineData(null, "Smith, Bob", "Bob", "Smith")]
    [InlineData("Jan van der Berg", null, "Jan", "van der Berg")]
    [InlineData("Mary-Ann", "Lee", "Mary Ann", "Lee")]
    [InlineData("小明", "王", "小明", "王")]
    public void Spellings_of_one_full_name_are_the_same(string? first1, string? last1, string? first2, string? last2) =>
        Assert.Equal(NameAgreement.Same, PersonName.Compatible(first1, last1, first2, last2));

    [Theory]
    [InlineData("Bob", "Smith", "Robert", "Smith")]
    [InlineData("Bill", "Smith", "William", "Smith")]
    [InlineData("Liz", "Smith", "Elizabeth", "Smith")]
    [InlineData("R.", "Smith", "Robert", "Smith")]
    [InlineData("J.R.", "Smith", "John Robert", "Smith")]
    [InlineData("J. Robert", "Smith", "Robert", "Smith")]
    [InlineData("Robert", "Smith", "Robert", "Smyth")]
    [InlineData("Jürgen", "Müller", "Juergen", "Mueller")]
    [InlineData("Micheal", "Smith", "Michael", "Smith")]
    [InlineData("Mary", "Smith", "Mary", "Smith-Jones")]
    [InlineData("Jan", "Berg", "Jan", "van der Berg")]
    [InlineData("Smith", "Robert", "Robert", "Smith")]
    [InlineData(null, "Smith", "Robert", "Smith")]
    [InlineData("Robert", null, "Robert", "Smith")]
    [InlineData("Robert", "S.", "Robert", "Smith")]
    public void One_person_may_write_both(string? first1, string? last1, string? first2, string? last2) =>
        Assert.Equal(NameAgreement.Compatible, PersonName.Compatible(first1, last1, first2, last2));

    [Theory]
    [InlineData("Robert", "Smith", "Mary", "Smith")]
    [InlineData("Mario", "Smith", "Maria", "Smith")]
    [InlineData("Robert", "Smith", "Robert", "Jones")]
    [InlineData("Robert", "Martin", "Robert", "Martinez")]
    [InlineData("Bob", "Smith Jr.", "Bob", "Smith Sr.")]
    [InlineData("Jan", "van Dyk", "Jan", "van Beek")]
    [InlineData("R.", "Smith", "Mary", "Smith")]
    public void Nobody_carries_both(string first1, string last1, string first2, string last2) =>
        Assert.Equal(NameAgreement.Conflict, PersonName.Compatible(first1, last1, first2, last2));

    [Theory]
    [InlineData(null, null, "Robert", "Smith")]
    [InlineData("Unknown", "[not provided]", "Robert", "Smith")]
    [InlineData("Robert", null, null, "Smith")]
    [InlineData("Иван", "Иванов", "Ivan", "Ivanov")]
    public void There_may_be_nothing_to_compare(string? first1, string? last1, string? first2, string? last2) =>
        Assert.Equal(NameAgreement.Unknown, PersonName.Compatible(first1, last1, first2, last2));

    [Fact]
    public void Agreement_is_symmetric() => Prop.ForAll(Fields.Four().ToArbitrary(), fields =>
        PersonName.Compatible(fields.Item1, fields.Item2, fields.Item3, fields.Item4)
        == PersonName.Compatible(fields.Item3, fields.Item4, fields.Item1, fields.Item2)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_never_conflicts_with_itself() => Prop.ForAll(Fields.Two().ToArbitrary(), fields =>
        PersonName.Compatible(fields.Item1, fields.Item2, fields.Item1, fields.Item2) != NameAgreement.Conflict).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_name_that_prints_as_a_mask() => Prop.ForAll<string?, string?>((first, last) =>
        PersonName.From(first, last).ToString() == "[name]").QuickCheckThrowOnFailure();
}
