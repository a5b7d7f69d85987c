using System.Buffers;
using System.Text;

namespace StackHub.Sqlite.Tables;

/// <summary>
/// Text as bytes that sort as <see cref="string.CompareOrdinal(string, string)"/> does: each UTF-16 unit is encoded by itself. Plain UTF-8
/// would sort characters beyond the BMP after U+FFFF, so that "prefix + U+FFFF" would miss them.
/// </summary>
internal static class KeyBytes
{
    public const int MaxPerChar = 3;

    public static byte[] Of(string text)
    {
        Span<byte> buffer = text.Length <= 1_024 ? stackalloc byte[MaxPerChar * text.Length] : new byte[MaxPerChar * text.Length];
        return buffer[..Write(text, buffer)].ToArray();
    }

    public static int Write(string text, Span<byte> into)
    {
        if (Ascii.FromUtf16(text, into, out var written) == OperationStatus.Done)
            return written;
        written = 0;
        foreach (var unit in text)
        {
            if (unit < 0x80)
            {
                into[written++] = (byte)unit;
                continue;
            }
            if (unit < 0x800)
                into[written++] = (byte)(0xC0 | unit >> 6);
            else
            {
                into[written++] = (byte)(0xE0 | unit >> 12);
                into[written++] = (byte)(0x80 | unit >> 6 & 0x3F);
            }
            into[written++] = (byte)(0x80 | unit & 0x3F);
        }
        return written;
    }

    public static string Read(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length;)
        {
            int lead = bytes[i++];
            if (lead >= 0xE0)
                lead = (lead & 0x0F) << 12 | (bytes[i++] & 0x3F) << 6 | bytes[i++] & 0x3F;
            else if (lead >= 0xC0)
                lead = (lead & 0x1F) << 6 | bytes[i++] & 0x3F;
            text.Append((char)lead);
        }
        return text.ToString();
    }
}
