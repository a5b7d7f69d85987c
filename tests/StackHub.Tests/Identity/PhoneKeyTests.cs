using FsCheck;
using FsCheck.Fluent;
using StackHub.Identity;

namespace StackHub.Tests.Identity;

public sealed class PhoneKeyTests
{
    [Theory]
    [InlineData("+1 (415) 555-2671", null, "+14155552671")]
    [InlineData("(415) 555-2671", "US", "+14155552671")]
    [InlineData("(415) 555-2671", "us", "+14155552671")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("0044 20 7946 0958", null, "+442079460958")]
    [InlineData("+49 (0)30 901820", null, "+4930901820")]
    [InlineData("+44 20 7946 0958 ext. 12", null, "+442079460958;ext=12")]
    public void A_number_has_one_normal_form(string number, string? region, string key) => Assert.Equal(key, PhoneKey.From(number, region)?.Text);

    [Theory]
    [InlineData(null, "US")]
    [InlineData("", "US")]
    [InlineData("n/a", "US")]
    [InlineData("123", "US")]
    [InlineData("000-000-0000", "US")]
    [InlineData("(415) 555-2671", null)]
    [InlineData("+99912345678", null)]
    [InlineData("(415) 555-2671", "XX")]
    public void What_cannot_be_dialled_has_no_key(string? number, string? region) => Assert.Null(PhoneKey.From(number, region));

    [Fact]
    public void A_toll_free_line_belongs_to_an_organisation()
    {
        Assert.True(PhoneKey.From("+1 800 555 1234")?.IsShared);
        Assert.False(PhoneKey.From("+1 415 555 2671")?.IsShared);
    }

    [Fact]
    public void Extensions_of_one_switchboard_are_different_keys() =>
        Assert.NotEqual(PhoneKey.From("+442079460958 ext. 12"), PhoneKey.From("+442079460958 ext. 13"));

    [Fact]
    public void A_key_prints_as_a_mask() => Assert.Equal("[phone]", $"{PhoneKey.From("+14155552671")}");

    [Fact]
    public void A_normal_form_is_its_own_normal_form() => Prop.ForAll(
        Gen.Choose(2000000, 9999999).Select(line => $"+1 (415) {line / 10000}-{line % 10000:0000}").ToArbitrary(),
        number => PhoneKey.From(number) is not { } key || PhoneKey.From(key.Text) == key).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_without_an_exception() => Prop.ForAll<string?>(text =>
        PhoneKey.From(text, "US") is var key && PhoneKey.From(text, "US") == key).QuickCheckThrowOnFailure();
}
