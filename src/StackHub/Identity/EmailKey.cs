using System.Buffers;
using System.Text;

namespace StackHub.Identity;

/// <summary>The normal form of a mail address, by which two spellings of one mailbox are equal.</summary>
public sealed record EmailKey
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const string MailTo = "mailto:";

    private static readonly SearchValues<char> LocalLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-");

    private readonly int at;

    private EmailKey(string text, int at)
    {
        Text = text;
        this.at = at;
        Kind = KindOf(text.AsSpan(0, at), text.AsSpan(at + 1));
    }

    /// <summary>The whole address: lower case, its domain in ASCII.</summary>
    public string Text { get; }

    /// <summary>Whom the mailbox stands for.</summary>
    public EmailKind Kind { get; }

    /// <summary>The part after the @.</summary>
    public string Domain => Text[(at + 1)..];

    /// <summary>The part before the @, with its tag.</summary>
    public string LocalPart => Text[..at];

    /// <summary>The mailbox that most servers deliver this one to: the same key without "+tag".</summary>
    public EmailKey WithoutTag => Text.IndexOf('+', 0, at) is > 0 and var tag ? new($"{Text[..tag]}{Text[at..]}", tag) : this;

    /// <summary>The key of an address, or null when nothing could be delivered to it: such an address identifies nobody.</summary>
    public static EmailKey? From(string? address)
    {
        var bare = Bare(address);
        var text = Ascii.IsValid(bare) ? Lowered(bare.TrimEnd('.')) : International(bare);
        return text?.LastIndexOf('@') is > 0 and var at && IsValid(text, at) ? new(text, at) : null;
    }

    public bool Equals(EmailKey? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "[email]";

    /// <summary>Without blanks, a display name, angle brackets and "mailto:", which copy and paste leave around it.</summary>
    private static ReadOnlySpan<char> Bare(string? address)
    {
        var text = Trim(address);
        if (text.EndsWith(">") && text.LastIndexOf('<') is >= 0 and var open)
        {
            text = Trim(text[(open + 1)..^1]);
        }
        if (!text.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }
        var query = text.IndexOf('?');
        return Trim(query < 0 ? text[MailTo.Length..] : text[MailTo.Length..query]);
    }

    // Zero-width spaces and byte-order marks come along from web pages and CSV files.
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0]))
        {
            text = text[1..];
        }
        while (text.Length > 0 && IsBlank(text[^1]))
        {
            text = text[..^1];
        }
        return text;
    }

    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200B' or '\u200E' or '\uFEFF';

    // Nearly every address takes this way: one allocation and no substring.
    private static string Lowered(ReadOnlySpan<char> bare) =>
        string.Create(bare.Length, bare, static (lowered, text) => Ascii.ToLower(text, lowered, out _));

    private static string? International(ReadOnlySpan<char> bare) =>
        bare.LastIndexOf('@') is > 0 and var at && HostName.From(bare[(at + 1)..].ToString()) is { } domain
            ? $"{TextFold.Composed(bare[..at].ToString())}@{domain}" : null;

    private static bool IsValid(ReadOnlySpan<char> text, int at) =>
        text.Length <= LongestAddress && IsLocalPart(text[..at]) && HostName.IsValid(text[(at + 1)..]);

    private static bool IsLocalPart(ReadOnlySpan<char> local) =>
        local.Length is > 0 and <= LongestLocalPart
        && local[0] != '.' && local[^1] != '.' && local.IndexOf("..") < 0
        && (!local.ContainsAnyExcept(LocalLetters) || TextFold.IsInternational(local, LocalLetters));

    private static EmailKind KindOf(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        MailDomains.IsDisposable(domain) ? EmailKind.Disposable
        : RoleMailbox.Is(local) ? EmailKind.Shared
        : MailDomains.IsFreeMail(domain) ? EmailKind.FreeMail
        : EmailKind.Business;
}
