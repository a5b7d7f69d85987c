using StackHub.Configuration;

namespace StackHub.Tests.Configuration;

public sealed class HostileConfigurationTests
{
    private static readonly string[] Fragments =
        ["\t", "\n", ":", " : ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!binary ", "|", ">", "%", "---\n", "...\n", "\"", "'", "\\x", "\"\\U00110000\"", "\0", "\uFEFF", "\u0085", "#", "?", "? ", "<<: *a\n", "none", "99999999999999999999", "-1", "env:", "keyvault:", "@", "`", "%YAML 9.9\n", "\r", "\uD800", "😀"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Fact]
    public void An_alias_bomb_is_refused_unexploded()
    {
        var bomb = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Contains("with its aliases it has more than 50000 values", Loading.Problem(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_of_a_value_that_contains_it_does_not_exist() =>
        Assert.Contains("there is no &a above this alias", Loading.Problem("systems: &a { crm: *a }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        var deep = $"systems: {string.Concat(Enumerable.Repeat(open, 400))}x{string.Concat(Enumerable.Repeat(close, 400))}";

        Assert.Contains("nested more than 32 levels deep", Loading.Problem(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_text_is_refused() => Assert.Contains("larger than 1 MB", Loading.Problem(new string('#', 1024 * 1024 + 1)), StringComparison.Ordinal);

    [Fact]
    public void A_huge_file_is_refused()
    {
        using var file = new TemporaryFile(new byte[1024 * 1024 + 1]);

        Assert.Contains("larger than 1 MB", HubConfiguration.Load(file.Name, Vendors.All).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_brackets_as_large_as_allowed_is_answered_quickly() => Assert.NotEmpty(Loading.Problems(new string('[', 1024 * 1024)));

    [Fact]
    public void A_tab_is_named_as_such() =>
        Assert.Contains("Line 2 is indented with a tab", Loading.Problem("systems:\n\thubspot:\n\t\tconnector: hubspot\n"), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_steers_a_terminal_is_shown_without_its_power() =>
        Assert.DoesNotContain('\u001b', Assert.Single(Loading.Problems(Loading.Two + "\"\\e[2Jhub\": 1\n")).ToString());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutilated_sample_is_always_answered_within_its_lines(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 250; run++)
        {
            var text = Mutated(ConfigurationWriter.Sample(), random);
            var found = HubConfiguration.Parse(text, Vendors.All) switch
            {
                ConfigurationResult.Invalid invalid => invalid.Problems,
                ConfigurationResult.Valid valid => valid.Warnings,
                _ => throw new InvalidOperationException(),
            };

            var lines = text.Split('\n').Length;
            Assert.All(found, problem => Assert.InRange(problem.Line, 1, lines));
            Assert.All(found, problem => Assert.True(problem.Message.Length > 0 && problem.Cure.Length > 0 && problem.Column > 0));
        }
    }

    private static string Mutated(string text, Random random)
    {
        for (var edit = random.Next(1, 5); edit > 0; edit--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                3 => text[..at] + (char)random.Next(1, 0x3000) + text[(at + 1)..],
                _ => string.Join('\n', text.Split('\n').OrderBy(_ => random.Next(8))),
            };
            text = text.Length == 0 ? " " : text;
        }
        return text;
    }
}
