namespace StackHub.Records;

/// <summary>
/// Whether a value may be what a vendor made of another one: in other letter case, with other punctuation or white space, or cut short.
/// Anything else that is seen right after a write is somebody's edit, however close in time.
/// </summary>
public static class VendorForm
{
    public static bool MayBe(FieldValue written, FieldValue seen)
    {
        if (written.Text is not { } text || seen.Text is not { } form)
            return false;
        var at = 0;
        foreach (var letter in form)
        {
            if (!char.IsLetterOrDigit(letter))
                continue;
            while (at < text.Length && !char.IsLetterOrDigit(text[at]))
                at++;
            if (at == text.Length || char.ToUpperInvariant(text[at]) != char.ToUpperInvariant(letter))
                return false;
            at++;
        }
        return at > 0;
    }
}
