using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.OpenDsr;

/// <summary>
/// Signs answers and callbacks with the configured certificate. Without one the hub makes a certificate of its own, which lets somebody try
/// it out: the specification forbids controllers to trust it.
/// </summary>
public sealed class OpenDsrSigner(HubModel model, SecretResolver resolver, ITableStore tables, HubKeys keys, TimeProvider time)
{
    private const string Setting = "privacy.opendsr.certificate";
    private const string Partition = "opendsr";
    private const string Row = "current";
    private const int KeySize = 2_048;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(730);

    /// <summary>
    /// In base64, over SHA-256 of the body. How the bytes are laid out is not said by the specification: RSA is PKCS #1 v1.5 and ECDSA a DER
    /// sequence here, as OpenSSL makes and checks them.
    /// </summary>
    public async Task<string> SignAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var certificate = await CertificateAsync(cancellationToken);
        if (certificate.GetRSAPrivateKey() is { } rsa)
            using (rsa)
                return Convert.ToBase64String(rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var ecdsa = certificate.GetECDsaPrivateKey() ?? throw new InvalidOperationException("The OpenDSR certificate has neither an RSA nor an ECDSA key.");
        return Convert.ToBase64String(ecdsa.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>The public certificate, for whoever checks signatures.</summary>
    public async Task<string> CertificatePemAsync(CancellationToken cancellationToken)
    {
        using var certificate = await CertificateAsync(cancellationToken);
        return certificate.ExportCertificatePem();
    }

    /// <summary>Whether a signature is this certificate's, as a controller checks it.</summary>
    public static bool Verify(string certificatePem, byte[] body, string signature)
    {
        using var certificate = X509Certificate2.CreateFromPem(certificatePem);
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            return false;
        if (certificate.GetRSAPublicKey() is { } rsa)
            using (rsa)
                return rsa.VerifyData(body, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.VerifyData(body, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) == true;
    }

    /// <summary>Looks at the certificate as a controller would; throws <see cref="HttpRequestException"/> while it cannot be had.</summary>
    public async Task<ExaminedCertificate> ExamineAsync(CancellationToken cancellationToken) =>
        CertificateExamination.Of(await PemAsync(cancellationToken), Settings.Domain, time.GetUtcNow());

    private OpenDsrSettings Settings => model.Privacy.OpenDsr ?? throw new InvalidOperationException("OpenDSR is not configured.");

    private async Task<X509Certificate2> CertificateAsync(CancellationToken cancellationToken)
    {
        var pem = await PemAsync(cancellationToken);
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    private Task<string> PemAsync(CancellationToken cancellationToken) =>
        Settings.Certificate is { } reference ? ConfiguredAsync(reference, cancellationToken) : OwnAsync(Settings, cancellationToken);

    private async Task<string> ConfiguredAsync(string reference, CancellationToken cancellationToken) =>
        await resolver.ResolveAsync(new Dictionary<string, string> { [Setting] = reference }, cancellationToken) is SecretResolution.Resolved resolved
            ? resolved.Settings[Setting]
            : throw new HttpRequestException("The certificate of privacy.opendsr cannot be read.");

    /// <summary>Made anew before it ends; of several processes that make one, the first counts.</summary>
    private async Task<string> OwnAsync(OpenDsrSettings settings, CancellationToken cancellationToken)
    {
        var row = $"{Row}|{keys.Hash("opendsr domain", settings.Domain)}";
        while (true)
        {
            var kept = await tables.GetAsync(Tables.PrivacyKeys, Partition, row, cancellationToken);
            if (kept is not null && Encoding.ASCII.GetString(keys.Open(RowParts.Read(kept))) is var pem && CertificateExamination.Of(pem, settings.Domain, time.GetUtcNow()).NotAfter - time.GetUtcNow() > CertificateExamination.Soon)
                return pem;
            var values = new Dictionary<string, object>();
            RowParts.Put(values, keys.Seal(Encoding.ASCII.GetBytes(Made(settings.Domain))));
            var made = new TableRow(Partition, row, values);
            await tables.WriteAsync(Tables.PrivacyKeys, kept is null ? new TableAction.Insert(made) : new TableAction.Replace(made, kept.ETag!), cancellationToken);
        }
    }

    private string Made(string domain)
    {
        using var key = RSA.Create(KeySize);
        var request = new CertificateRequest($"CN={domain}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(domain);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(time.GetUtcNow() - TimeSpan.FromDays(1), time.GetUtcNow() + Validity);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
