using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class ListTests
{
    public static TheoryData<string> Files { get; } =
    [
        "disposable_domains.txt", "free_mail_domains.txt", "generic_company_words.txt", "legal_forms.txt", "placeholder_values.txt",
        "platform_domains.txt", "reserved_domains.txt", "role_mailboxes.txt",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_list_is_in_lower_case_sorted_and_without_repeats(string file)
    {
        var lines = Lines(file);

        Assert.Equal(lines.Select(line => line.Trim().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal), lines);
    }

    [Theory]
    [InlineData("disposable_domains.txt")]
    [InlineData("free_mail_domains.txt")]
    [InlineData("platform_domains.txt")]
    [InlineData("reserved_domains.txt")]
    public void A_listed_domain_is_a_name_that_identifies_no_company(string file) =>
        Assert.All(Lines(file), domain => Assert.Null(CompanyDomain.Of($"www.{domain}")));

    [Fact]
    public void A_listed_word_is_written_the_way_it_is_looked_up() =>
        Assert.All(Lines("legal_forms.txt").Concat(Lines("nicknames.txt")), word => Assert.Equal(TextFold.Plain(word), word));

    [Fact]
    public void Every_nickname_agrees_with_its_formal_name() => Assert.All(
        Lines("nicknames.txt").Select(line => line.Split(' ')),
        names => Assert.All(names.Skip(1), name => Assert.Equal(NameAgreement.Compatible, PersonName.Compatible(names[0], "Oakheart", name, "Oakheart"))));

    [Fact]
    public void The_public_suffix_list_keeps_its_licence_notice()
    {
        using var reader = new StreamReader(Open("public_suffix_list.dat"));

        Assert.Contains("Mozilla Public", reader.ReadLine(), StringComparison.Ordinal);
    }

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(Open(file));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    private static Stream Open(string file) => typeof(EmailKey).Assembly.GetManifestResourceStream($"Identity/{file}")!;
}
