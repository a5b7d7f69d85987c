using PhoneNumbers;

namespace StackHub.Identity;

/// <summary>The E.164 form of a phone number, by which two spellings of one line are equal.</summary>
public sealed record PhoneKey
{
    private PhoneKey(string text, string e164, bool isShared) => (Text, E164, IsShared) = (text, e164, isShared);

    /// <summary>The number in E.164, followed by ";ext=" and the extension if it has one: colleagues share a switchboard.</summary>
    public string Text { get; }

    /// <summary>The number alone, as a telephone dials it.</summary>
    public string E164 { get; }

    /// <summary>True for a line that belongs to an organisation by its kind: toll-free, premium, shared-cost.</summary>
    public bool IsShared { get; }

    /// <summary>The key of a number, or null when it is none; without a region only international numbers are read.</summary>
    public static PhoneKey? From(string? number, string? defaultRegion = null)
    {
        var util = PhoneNumberUtil.GetInstance();
        return Parse(util, number, defaultRegion) is { } parsed && util.IsValidNumber(parsed) ? Key(util, parsed) : null;
    }

    public bool Equals(PhoneKey? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "[phone]";

    private static PhoneNumber? Parse(PhoneNumberUtil util, string? number, string? defaultRegion)
    {
        var text = number?.Trim() ?? "";
        if (!text.Any(char.IsDigit))
        {
            return null;
        }
        try
        {
            return util.Parse(Dialled(text, defaultRegion), defaultRegion?.ToUpperInvariant());
        }
        catch (NumberParseException) // the library has no Try method; a number it cannot read is no key
        {
            return null;
        }
    }

    // "00" is how most of the world dials "+"; with a region the library knows the local prefix better.
    private static string Dialled(string text, string? defaultRegion) =>
        defaultRegion is null && text.StartsWith("00", StringComparison.Ordinal) ? $"+{text[2..]}" : text;

    private static PhoneKey Key(PhoneNumberUtil util, PhoneNumber number)
    {
        var e164 = util.Format(number, PhoneNumberFormat.E164);
        return new(number.HasExtension ? $"{e164};ext={number.Extension}" : e164, e164, IsOrganisation(util.GetNumberType(number)));
    }

    private static bool IsOrganisation(PhoneNumberType type) =>
        type is PhoneNumberType.TOLL_FREE or PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST
            or PhoneNumberType.UAN or PhoneNumberType.VOICEMAIL;
}
