using FsCheck;
using FsCheck.Fluent;
using StackHub.Connectors.Intercom;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomNameTests
{
    [Theory]
    [InlineData("Mary Ann Smith", "Mary Ann", "Smith")]
    [InlineData("  Mary   Smith ", "Mary", "Smith")]
    [InlineData("Madonna", "Madonna", null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void The_last_word_is_the_last_name(string? name, string? first, string? last) =>
        Assert.Equal((first, last), IntercomName.Split(name));

    [Theory]
    [InlineData("Mary Ann", "Smith", "Mary Ann Smith")]
    [InlineData(null, "Smith", "Smith")]
    [InlineData("Mary", null, "Mary")]
    [InlineData(" ", null, null)]
    public void The_name_joins_its_parts(string? first, string? last, string? name) => Assert.Equal(name, IntercomName.Join(first, last));

    [Fact]
    public void A_split_name_joins_to_the_same_words() =>
        Prop.ForAll<string?>(name =>
        {
            var (first, last) = IntercomName.Split(name);
            var words = string.Join(' ', (name ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
            return (IntercomName.Join(first, last) ?? "") == words;
        }).QuickCheckThrowOnFailure();
}
