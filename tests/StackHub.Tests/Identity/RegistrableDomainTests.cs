using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class RegistrableDomainTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("WwW.Example.COM", "example.com")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("mail.acme.co.uk", "acme.co.uk")]
    [InlineData("b.example.example", "example.example")]
    [InlineData("a.b.test.ac.jp", "test.ac.jp")]
    [InlineData("b.test.ck", "b.test.ck")]
    [InlineData("a.b.test.ck", "b.test.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("kobe.jp", "kobe.jp")]
    [InlineData("b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("test.k12.ak.us", "test.k12.ak.us")]
    [InlineData("acme.github.io", "acme.github.io")]
    [InlineData("docs.acme.github.io", "acme.github.io")]
    [InlineData("食狮.com.cn", "xn--85x722f.com.cn")]
    [InlineData("www.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("shop.Bücher.de", "xn--bcher-kva.de")]
    [InlineData("https://user:pw@www.acme.co.uk:8443/path?q=a.b", "acme.co.uk")]
    [InlineData("//www.acme.com/", "acme.com")]
    [InlineData("Bob <bob@eu.acme.com>", "acme.com")]
    [InlineData("mailto:bob@acme.com", "acme.com")]
    [InlineData("acme.com.", "acme.com")]
    public void The_domain_is_one_label_more_than_its_public_suffix(string text, string domain) => Assert.Equal(domain, RegistrableDomain.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("com")]
    [InlineData("co.uk")]
    [InlineData("foo.ck")]
    [InlineData("c.kobe.jp")]
    [InlineData("github.io")]
    [InlineData("公司.cn")]
    [InlineData("localhost")]
    [InlineData("192.168.0.1")]
    [InlineData("http://[::1]/")]
    [InlineData(".example.com")]
    [InlineData("n/a")]
    [InlineData("Acme Inc.")]
    public void A_suffix_an_address_literal_or_no_name_has_none(string? text) => Assert.Null(RegistrableDomain.Of(text));

    [Fact]
    public void A_registrable_domain_is_its_own() => Prop.ForAll(Hosts, host =>
        RegistrableDomain.Of(host) is not { } domain || RegistrableDomain.Of(domain) == domain).QuickCheckThrowOnFailure();

    // kobe.jp is registrable under jp, but by the rule *.kobe.jp each of its children is a public suffix.
    [Fact]
    public void A_subdomain_has_the_domain_of_its_parent_or_is_itself_a_suffix() => Prop.ForAll(Hosts, host =>
        RegistrableDomain.Of(host) is not { } domain
        || RegistrableDomain.Of($"x.{host}") == domain
        || (RegistrableDomain.Of($"x.{host}") is null && RegistrableDomain.Of($"y.x.{host}") == $"y.x.{host}")).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_has_a_stable_domain_or_none() => Prop.ForAll<string?>(text =>
        RegistrableDomain.Of(text) is not { } domain || RegistrableDomain.Of(domain) == domain).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("bob@mailinator.com")]
    [InlineData("https://www.facebook.com/acme")]
    [InlineData("big-agency.com")]
    public void A_domain_that_many_companies_use_identifies_none(string text) =>
        Assert.Null(CompanyDomain.Of(text, new HashSet<string> { "big-agency.com" }));

    private static Arbitrary<string> Hosts { get; } =
        Gen.Elements("a", "b", "www", "city", "kobe", "ck", "jp", "co", "uk", "github", "io", "com", "公司", "cn", "bücher")
            .NonEmptyListOf().Select(labels => string.Join('.', labels.Take(6))).ToArbitrary();
}
