using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;
using static StackHub.Tests.Identity.People;

namespace StackHub.Tests.Identity;

public sealed class StrongKeysTests
{
    [Fact]
    public void A_person_claims_mailboxes_and_lines_strongest_first()
    {
        var person = Bob with
        {
            Emails = [Email("info@acme.com"), Email("bob@gmail.com"), Email("bob@acme.com"), Email("BOB@acme.com")],
            Phones = [Phone("+18005551234"), Phone("+14155552671")],
        };

        Assert.Equal(
            [
                new(IdentityKey.Email, "bob@acme.com", KeyStrength.Strong),
                new(IdentityKey.Email, "bob@gmail.com", KeyStrength.WithCompatibleName),
                new(IdentityKey.Phone, "+14155552671", KeyStrength.WithCompatibleName),
                new(IdentityKey.Email, "info@acme.com", KeyStrength.WithSameName),
                new(IdentityKey.Phone, "+18005551234", KeyStrength.Weak),
            ],
            StrongKeys.Of(person));
    }

    [Theory]
    [InlineData("Acme Inc.", "https://www.acme.co.uk/", "domain", "acme.co.uk", KeyStrength.Strong)]
    [InlineData("Acme Inc.", "bob@gmail.com", "company", "acme", KeyStrength.Weak)]
    [InlineData("Acme Inc.", "agency.com", "company", "acme", KeyStrength.Weak)]
    [InlineData("Acme Inc.", null, "company", "acme", KeyStrength.Weak)]
    public void An_account_claims_its_own_domain_or_its_name(string name, string? domain, string kind, string text, KeyStrength strength) =>
        Assert.Equal([new(kind, text, strength)], StrongKeys.Of(new AccountFeatures { Name = name, Domain = domain }, new HashSet<string> { "agency.com" }));

    [Theory]
    [InlineData("Unknown")]
    [InlineData("Global Solutions")]
    public void A_name_that_says_nothing_claims_nothing(string name) => Assert.Empty(StrongKeys.Of(new AccountFeatures { Name = name }));

    [Theory]
    [InlineData(KeyStrength.Strong, NameAgreement.Unknown, true)]
    [InlineData(KeyStrength.Strong, NameAgreement.Conflict, false)]
    [InlineData(KeyStrength.WithCompatibleName, NameAgreement.Compatible, true)]
    [InlineData(KeyStrength.WithCompatibleName, NameAgreement.Unknown, false)]
    [InlineData(KeyStrength.WithSameName, NameAgreement.Same, true)]
    [InlineData(KeyStrength.WithSameName, NameAgreement.Compatible, false)]
    [InlineData(KeyStrength.Weak, NameAgreement.Same, false)]
    public void A_key_links_as_far_as_its_strength_goes(KeyStrength strength, NameAgreement names, bool links) =>
        Assert.Equal(links, new IdentityKey(IdentityKey.Email, "x", strength).Links(names));

    [Fact]
    public void A_key_prints_as_a_mask() => Assert.Equal("[email]", $"{new IdentityKey(IdentityKey.Email, "bob@acme.com", KeyStrength.Strong)}");

    [Fact]
    public void The_order_of_the_input_does_not_matter() => Prop.ForAll(Any, person =>
        StrongKeys.Of(person).SequenceEqual(StrongKeys.Of(person with { Emails = [.. person.Emails.Reverse()], Phones = [.. person.Phones.Reverse()] })))
        .QuickCheckThrowOnFailure();
}
