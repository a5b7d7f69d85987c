namespace StackHub.Identity;

/// <summary>The domain that tells one company from another.</summary>
public static class CompanyDomain
{
    /// <summary>The registrable domain, or null when many companies use it: mail providers, social networks, names reserved for examples, and the listed agencies.</summary>
    public static string? Of(string? hostOrUrlOrEmail, IReadOnlySet<string>? agencies = null) =>
        RegistrableDomain.HostOf(hostOrUrlOrEmail) is { } host && IsOwn(host)
        && RegistrableDomain.OfHost(host) is { } domain && agencies?.Contains(domain) != true ? domain : null;

    // The whole host is looked up: a provider may serve mail from one subdomain of a company's domain.
    private static bool IsOwn(string host) =>
        !MailDomains.IsFreeMail(host) && !MailDomains.IsDisposable(host) && !MailDomains.IsPlatform(host) && !MailDomains.IsReserved(host);
}
