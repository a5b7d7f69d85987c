using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackHub.Security;

namespace StackHub.Web.SignIn;

/// <summary>Text that goes to a browser and back, sealed with the hub's key together with what it is for: every instance can read it, and nobody else.</summary>
internal sealed class SealedText(HubKeys keys)
{
    private const int MaxLength = 4_000;

    public string Seal(string purpose, string text) => Base64Url.EncodeToString(keys.Seal(Encoding.UTF8.GetBytes($"{purpose}\n{text}")));

    /// <summary>Null when it is not ours, was changed, or is for something else.</summary>
    public string? Open(string purpose, string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
            return null;
        try
        {
            var opened = Encoding.UTF8.GetString(keys.Open(Base64Url.DecodeFromChars(text)));
            return opened.StartsWith($"{purpose}\n", StringComparison.Ordinal) ? opened[(purpose.Length + 1)..] : null;
        }
        catch (CryptographicException) // not ours, or changed
        {
            return null;
        }
    }
}
