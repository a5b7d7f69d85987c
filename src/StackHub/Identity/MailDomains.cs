using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>What is known of a domain that receives mail; a listed domain covers its subdomains.</summary>
public static class MailDomains
{
    private static readonly Lazy<FrozenSet<string>> FreeMail = new(() => EmbeddedList.Set("free_mail_domains.txt"));
    private static readonly Lazy<FrozenSet<string>> Disposable = new(() => EmbeddedList.Set("disposable_domains.txt"));
    private static readonly Lazy<FrozenSet<string>> Platforms = new(() => EmbeddedList.Set("platform_domains.txt"));
    private static readonly Lazy<FrozenSet<string>> Reserved = new(() => EmbeddedList.Set("reserved_domains.txt"));

    /// <summary>True for a public mail provider: the domain is nobody's employer.</summary>
    public static bool IsFreeMail(ReadOnlySpan<char> domain) => Covers(FreeMail.Value, domain);

    /// <summary>True for a provider of throw-away mailboxes.</summary>
    public static bool IsDisposable(ReadOnlySpan<char> domain) => Covers(Disposable.Value, domain);

    /// <summary>True for a site that hosts pages of many companies, such as a social network.</summary>
    public static bool IsPlatform(ReadOnlySpan<char> domain) => Covers(Platforms.Value, domain);

    /// <summary>True for a name that standards keep from ever being a company's: documentation and local networks.</summary>
    public static bool IsReserved(ReadOnlySpan<char> domain) => Covers(Reserved.Value, domain);

    private static bool Covers(FrozenSet<string> list, ReadOnlySpan<char> domain)
    {
        var lookup = list.GetAlternateLookup<ReadOnlySpan<char>>();
        while (!lookup.Contains(domain))
        {
            var dot = domain.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }
            domain = domain[(dot + 1)..];
        }
        return true;
    }
}
