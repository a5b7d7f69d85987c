using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StackHub.Privacy.OpenDsr;

/// <summary>One thing about a certificate that somebody should see to.</summary>
/// <param name="Stops">Nothing can be signed, or nobody believes what is.</param>
public sealed record CertificateRemark(bool Stops, string What, string Cure);

/// <param name="NotAfter">Null when it could not be read.</param>
public sealed record ExaminedCertificate(DateTimeOffset? NotAfter, IReadOnlyList<CertificateRemark> Remarks);

/// <summary>Looks at what signs answers and callbacks before a controller does; pure.</summary>
public static class CertificateExamination
{
    /// <summary>To have a certificate issued and put in place takes people about this long.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private const int LeastRsaBits = 2_048;
    private const string Renew = "Have it renewed, and put certificate and key where privacy.opendsr.certificate refers to.";

    /// <param name="pem">Certificate and private key.</param>
    /// <param name="domain">The domain that answers are signed for.</param>
    public static ExaminedCertificate Of(string pem, string domain, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return new(new(certificate.NotAfter.ToUniversalTime()), [.. Validity(certificate, now), .. Key(certificate, pem), .. Name(certificate, domain)]);
        }
        catch (CryptographicException)
        {
            return new(null, [new(true, "what its reference leads to holds no certificate in PEM.", "Put the certificate there, from -----BEGIN CERTIFICATE----- to its end, and the private key behind it.")]);
        }
    }

    private static IEnumerable<CertificateRemark> Validity(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (from, until) = (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        if (now < from)
            yield return new(true, $"it is valid from {from:yyyy-MM-dd} on only: controllers refuse it until then.", "Check this machine's clock, or use the certificate before it.");
        else if (now >= until)
            yield return new(true, $"it ended on {until:yyyy-MM-dd}: controllers refuse it.", Renew);
        else if (until - now < Soon)
            yield return new(false, $"it ends on {until:yyyy-MM-dd}.", Renew);
    }

    private static IEnumerable<CertificateRemark> Key(X509Certificate2 certificate, string pem)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        if (rsa is null && ecdsa is null)
            yield return new(true, "its key is neither RSA nor ECDSA.", "Have one issued for an RSA or ECDSA key.");
        else if (!HasPrivateKey(pem))
            yield return new(true, "the private key is not there, or belongs to another certificate.", "Put the private key in PEM, without a passphrase, behind the certificate.");
        else if (rsa?.KeySize < LeastRsaBits)
            yield return new(false, $"its RSA key has {rsa.KeySize} bits.", $"Have one issued for a key of {LeastRsaBits} bits or more.");
    }

    private static IEnumerable<CertificateRemark> Name(X509Certificate2 certificate, string domain)
    {
        if (!certificate.MatchesHostname(domain))
            yield return new(true, $"it is not for {domain}, for which answers are signed.", "Have it issued for that domain, or correct privacy.opendsr.domain.");
    }

    private static bool HasPrivateKey(string pem)
    {
        try
        {
            using var both = X509Certificate2.CreateFromPem(pem, pem);
            return both.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
