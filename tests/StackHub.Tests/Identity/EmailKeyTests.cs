using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class EmailKeyTests
{
    private static readonly Arbitrary<string> Addresses = (
        from local in Gen.Elements("bob", "Bob.Smith", "o'brien", "a+tag", "info", "jürgen", "用户", "sales-uk")
        from domain in Gen.Elements("acme.com", "GMAIL.com", "bücher.example", "例え.jp", "mail.Yahoo.co.uk", "xn--bcher-kva.example")
        select $"{local}@{domain}").ToArbitrary();

    [Theory]
    [InlineData("  Bob.Smith@ACME.com ", "bob.smith@acme.com")]
    [InlineData("<bob@acme.com>", "bob@acme.com")]
    [InlineData("Bob Smith <bob@acme.com>", "bob@acme.com")]
    [InlineData("mailto:bob@acme.com?subject=Hi", "bob@acme.com")]
    [InlineData("bob@acme.com.", "bob@acme.com")]
    [InlineData("\u200Bbob@acme.com\uFEFF", "bob@acme.com")]
    [InlineData("bob@Bücher.example", "bob@xn--bcher-kva.example")]
    [InlineData("bob@bu\u0308cher.example", "bob@xn--bcher-kva.example")]
    [InlineData("bob@ａｃｍｅ.com", "bob@acme.com")]
    [InlineData("JÜRGEN@acme.de", "jürgen@acme.de")]
    [InlineData("o'brien+crm@acme.co.uk", "o'brien+crm@acme.co.uk")]
    public void An_address_has_one_normal_form(string address, string key) => Assert.Equal(key, EmailKey.From(address)?.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bob")]
    [InlineData("@acme.com")]
    [InlineData("bob@")]
    [InlineData("bob@acme")]
    [InlineData("bob@@acme.com")]
    [InlineData("bob smith@acme.com")]
    [InlineData("bob@acme .com")]
    [InlineData(".bob@acme.com")]
    [InlineData("bob.@acme.com")]
    [InlineData("b..ob@acme.com")]
    [InlineData("bob@-acme.com")]
    [InlineData("bob@acme..com")]
    [InlineData("bob@192.168.0.1")]
    [InlineData("bob@[192.168.0.1]")]
    [InlineData("bob@acme.com, liz@acme.com")]
    [InlineData("bob\u0000@acme.com")]
    [InlineData("bob@\ud800.com")]
    [InlineData("n/a")]
    public void An_invalid_address_has_no_key(string? address) => Assert.Null(EmailKey.From(address));

    [Fact]
    public void A_part_longer_than_the_standard_allows_has_no_key()
    {
        Assert.Null(EmailKey.From(new string('a', 65) + "@acme.com"));
        Assert.Null(EmailKey.From("a@" + new string('b', 64) + ".com"));
    }

    [Theory]
    [InlineData("bob@acme.com", EmailKind.Business)]
    [InlineData("bob@gmail.com", EmailKind.FreeMail)]
    [InlineData("bob@web.de", EmailKind.FreeMail)]
    [InlineData("bob@yahoo.co.jp", EmailKind.FreeMail)]
    [InlineData("info@acme.com", EmailKind.Shared)]
    [InlineData("no-reply@acme.com", EmailKind.Shared)]
    [InlineData("sales-uk@acme.com", EmailKind.Shared)]
    [InlineData("support2@acme.com", EmailKind.Shared)]
    [InlineData("info+crm@acme.com", EmailKind.Shared)]
    [InlineData("info@gmail.com", EmailKind.Shared)]
    [InlineData("rechnung@acme.de", EmailKind.Shared)]
    [InlineData("ventas@acme.mx", EmailKind.Shared)]
    [InlineData("sales.mary@acme.com", EmailKind.Business)]
    [InlineData("infosmith@acme.com", EmailKind.Business)]
    [InlineData("2024@acme.com", EmailKind.Business)]
    [InlineData("bob@mailinator.com", EmailKind.Disposable)]
    [InlineData("bob@team.mailinator.com", EmailKind.Disposable)]
    [InlineData("bob@notgmail.com", EmailKind.Business)]
    public void The_kind_says_whom_a_mailbox_stands_for(string address, EmailKind kind) => Assert.Equal(kind, EmailKey.From(address)?.Kind);

    [Theory]
    [InlineData("bob+crm@acme.com", "bob@acme.com")]
    [InlineData("bob@acme.com", "bob@acme.com")]
    [InlineData("+bob@acme.com", "+bob@acme.com")]
    public void The_tag_can_be_taken_off(string address, string without) => Assert.Equal(without, EmailKey.From(address)?.WithoutTag.Text);

    [Fact]
    public void Tags_and_dots_make_different_keys()
    {
        Assert.NotEqual(EmailKey.From("bob+crm@gmail.com"), EmailKey.From("bob@gmail.com"));
        Assert.NotEqual(EmailKey.From("b.ob@gmail.com"), EmailKey.From("bob@gmail.com"));
    }

    [Fact]
    public void A_key_prints_as_a_mask() => Assert.Equal("[email]", $"{EmailKey.From("bob@acme.com")}");

    [Fact]
    public void The_parts_are_those_of_the_normal_form()
    {
        var key = EmailKey.From("Bob@Bücher.example")!;

        Assert.Equal(("bob", "xn--bcher-kva.example"), (key.LocalPart, key.Domain));
    }

    [Fact]
    public void A_normal_form_is_its_own_normal_form() => Prop.ForAll(Addresses, address =>
        EmailKey.From(EmailKey.From(address)!.Text) == EmailKey.From(address)).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_and_blanks_around_do_not_matter() => Prop.ForAll(Addresses, address =>
        EmailKey.From($" {address.ToUpperInvariant()}\t") == EmailKey.From(address)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_has_a_stable_key_or_none() => Prop.ForAll<string?>(text =>
        EmailKey.From(text) is not { } key || EmailKey.From(key.Text) == key).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cost_of_a_hostile_address_grows_with_its_length_only()
    {
        string[] hostile = [new string('<', 200_000) + "a@b.co>", Repeat("a.") + "@b.co", "a@" + Repeat("b.") + "co", Repeat("@"), Repeat("\u200B ")];
        var start = Stopwatch.GetTimestamp();

        Assert.All(hostile.Skip(1), address => Assert.Null(EmailKey.From(address)));
        Assert.Equal("a@b.co", EmailKey.From(hostile[0])?.Text);

        // Measured 10 ms; quadratic work would take minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
    }

    [Fact]
    public void A_key_of_plain_text_allocates_little_beside_itself()
    {
        EmailKey.From("Bob.Smith@acme.co.uk");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1_000; round++)
        {
            EmailKey.From("Bob.Smith@acme.co.uk");
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 256);
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 200_000));
}
