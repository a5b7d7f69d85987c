using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Security;

namespace StackHub.Privacy.Verification;

/// <summary>The forms of codes and tokens. A token carries a keyed hash of its request, so one of another request is told apart without looking anything up.</summary>
internal static class CodeText
{
    private const int RandomSize = 32;

    public static string NewCode()
    {
        Span<char> digits = stackalloc char[VerificationRules.CodeDigits];
        foreach (ref var digit in digits)
            digit = (char)('0' + RandomNumberGenerator.GetInt32(10));
        return digits.ToString();
    }

    public static string NewToken(HubKeys keys, string request)
    {
        var random = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomSize));
        return $"{random}.{Binding(keys, request, random)}";
    }

    public static bool BelongsTo(HubKeys keys, string request, string token)
    {
        var dot = token.LastIndexOf('.');
        return dot > 0 && Same(Binding(keys, request, token[..dot]), token[(dot + 1)..]);
    }

    /// <summary>People type blanks and hyphens into long numbers.</summary>
    public static string HashCode(HubKeys keys, string challenge, string code) =>
        keys.Hash("verification code", string.Create(CultureInfo.InvariantCulture, $"{challenge}|{string.Concat(code.Where(char.IsAsciiLetterOrDigit))}"));

    public static string HashToken(HubKeys keys, string token) => keys.Hash("verification token", token);

    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Binding(HubKeys keys, string request, string random) => keys.Hash("verification link", $"{request}|{random}");
}
