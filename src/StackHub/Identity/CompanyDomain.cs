namespace StackHub.Identity;

/// <summary>The domain that tells one company from another.</summary>
public static class CompanyDomain
{
    /// <summary>The registrable domain, or null when many companies use it: mail providers, social networks and the listed agencies.</summary>
    public static string? Of(string? hostOrUrlOrEmail, IReadOnlySet<string>? agencies = null) =>
        RegistrableDomain.Of(hostOrUrlOrEmail) is { } domain && IsOwn(domain) && agencies?.Contains(domain) != true ? domain : null;

    private static bool IsOwn(string domain) =>
        !MailDomains.IsFreeMail(domain) && !MailDomains.IsDisposable(domain) && !MailDomains.IsPlatform(domain);
}
