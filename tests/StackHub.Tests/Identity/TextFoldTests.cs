using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class TextFoldTests
{
    [Theory]
    [InlineData("Łódź", "lodz")]
    [InlineData("Straße", "strasse")]
    [InlineData("Ærøskøbing", "aeroskobing")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("e\u0301", "e")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ﬁﬀ Ａｃｍｅ", "fiff acme")]
    [InlineData("Ёлка", "елка")]
    [InlineData("Άλφα", "αλφα")]
    [InlineData("東京", "東京")]
    public void Diacritics_ligatures_and_width_fold_away(string text, string plain) => Assert.Equal(plain, TextFold.Plain(text));

    [Theory]
    [InlineData("Ü", "ü")]
    [InlineData("u\u0308", "ü")]
    [InlineData("ễ", "ễ")]
    [InlineData("e\u0302\u0303", "ễ")]
    [InlineData("ＡＢＣ", "abc")]
    public void Composed_text_keeps_its_marks(string text, string composed) => Assert.Equal(composed, TextFold.Composed(text));

    [Fact]
    public void Folding_twice_changes_nothing() => Prop.ForAll<string>(text =>
        text is null || TextFold.Plain(TextFold.Plain(text)) == TextFold.Plain(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void Composing_twice_changes_nothing() => Prop.ForAll<string>(text =>
        text is null || TextFold.Composed(TextFold.Composed(text)) == TextFold.Composed(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_letter_folds_in_one_step()
    {
        var letters = Enumerable.Range(0x80, 0xD800 - 0x80).Concat(Enumerable.Range(0xE000, 0x2000)).Select(code => ((char)code).ToString());

        Assert.DoesNotContain(letters, letter => TextFold.Plain(TextFold.Plain(letter)) != TextFold.Plain(letter)
            || TextFold.Composed(TextFold.Composed(letter)) != TextFold.Composed(letter));
    }
}
