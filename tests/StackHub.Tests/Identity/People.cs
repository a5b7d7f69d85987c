using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

/// <summary>People for these tests, drawn from small pools so that pairs agree often.</summary>
internal static class People
{
    public static MatchFeatures Bob { get; } = new() { FirstName = "Robert", LastName = "Oakheart" };

    public static Arbitrary<MatchFeatures> Any { get; } = Generator().ToArbitrary();

    public static Arbitrary<(MatchFeatures, MatchFeatures)> Pairs { get; } =
        Generator().Two().Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    public static EmailKey Email(string address) => EmailKey.From(address) ?? throw new ArgumentException("no address", nameof(address));

    public static PhoneKey Phone(string number) => PhoneKey.From(number) ?? throw new ArgumentException("no number", nameof(number));

    private static Gen<MatchFeatures> Generator() =>
        from first in Gen.Elements<string?>(null, "Robert", "Bob", "R.", "Elizabeth", "Liz", "Иван", "Dr. Anna")
        from last in Gen.Elements<string?>(null, "Oakheart", "Oakhart", "Smith", "Smith Jr.", "Unknown", "van der Berg", "Berg")
        from emails in Gen.SubListOf("bob@acme.com", "r.oakheart@acme.com", "bob+crm@acme.com", "bob@gmail.com", "info@acme.com", "bob@acme.de", "x@mailinator.com")
        from phones in Gen.SubListOf("+14155552671", "+442079460958", "+442079460958 ext. 12", "+18005551234")
        from company in Gen.Elements<string?>(null, "Acme Inc.", "ACME", "Acme Software GmbH", "Globex")
        from domain in Gen.Elements<string?>(null, "acme.com", "https://www.acme.de/", "gmail.com")
        from title in Gen.Elements<string?>(null, "VP Sales", "vp of sales", "Engineer")
        from city in Gen.Elements<string?>(null, "Berlin", "Paris")
        from postal in Gen.Elements<string?>(null, "10115", "75001")
        from country in Gen.Elements<string?>(null, "Germany", "France")
        select new MatchFeatures
        {
            FirstName = first, LastName = last, Emails = [.. emails.Select(Email)], Phones = [.. phones.Select(Phone)],
            Company = company, CompanyDomain = domain, Title = title, City = city, PostalCode = postal, Country = country,
        };
}
