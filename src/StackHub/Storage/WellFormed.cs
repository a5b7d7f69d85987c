using System.Buffers;
using System.Text;

namespace StackHub.Storage;

/// <summary>Text that UTF-8 can carry: a lone half of a surrogate pair would come back as another character.</summary>
internal static class WellFormed
{
    public static bool Is(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var surrogate and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[surrogate..], out _, out var length) != OperationStatus.Done)
                return false;
            text = text[(surrogate + length)..];
        }
        return true;
    }
}
