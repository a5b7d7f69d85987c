using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackHub.Privacy.OpenDsr;

namespace StackHub.Tests.Privacy.OpenDsr;

public sealed class CertificateExaminationTests
{
    private const string Domain = "opendsr.hub.example";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_certificate_with_its_key_for_the_domain_is_fine()
    {
        var examined = CertificateExamination.Of(Pem(), Domain, Now);

        Assert.Empty(examined.Remarks);
        Assert.Equal(Now.AddDays(90), examined.NotAfter);
    }

    [Theory]
    [InlineData(-1, 31, null)]
    [InlineData(-1, 29, "it ends on 2026-03-31.")]
    [InlineData(-1, 0, "it ended on 2026-03-02: controllers refuse it.")]
    [InlineData(2, 90, "it is valid from 2026-03-04 on only: controllers refuse it until then.")]
    public void What_is_over_or_soon_will_be_is_said_with_its_day(int from, int until, string? what) =>
        Assert.Equal(what, CertificateExamination.Of(Pem(from, until), Domain, Now).Remarks.SingleOrDefault()?.What);

    [Fact]
    public void Only_what_still_works_stops_nothing()
    {
        Assert.False(Assert.Single(CertificateExamination.Of(Pem(-1, 29), Domain, Now).Remarks).Stops);
        Assert.True(Assert.Single(CertificateExamination.Of(Pem(-1, 0), Domain, Now).Remarks).Stops);
    }

    [Fact]
    public void A_key_of_another_certificate_and_none_at_all_are_the_same()
    {
        var certificate = Pem().Split("-----BEGIN PRIVATE KEY")[0];
        using var other = RSA.Create(2_048);

        foreach (var pem in (string[])[certificate, certificate + other.ExportPkcs8PrivateKeyPem()])
            Assert.Equal((true, "the private key is not there, or belongs to another certificate."), (Assert.Single(CertificateExamination.Of(pem, Domain, Now).Remarks) is var remark) ? (remark.Stops, remark.What) : default);
    }

    [Fact]
    public void A_certificate_of_another_domain_is_none_for_this_one() =>
        Assert.Equal("it is not for other.example, for which answers are signed.", Assert.Single(CertificateExamination.Of(Pem(), "other.example", Now).Remarks).What);

    [Theory]
    [InlineData("")]
    [InlineData("whsec_AAAA")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void What_is_no_certificate_is_said_to_be_none(string text)
    {
        var examined = CertificateExamination.Of(text, Domain, Now);

        Assert.Null(examined.NotAfter);
        Assert.Equal("what its reference leads to holds no certificate in PEM.", Assert.Single(examined.Remarks).What);
    }

    [Fact]
    public void Elliptic_keys_are_as_good()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Empty(CertificateExamination.Of(Issue(new($"CN={Domain}", key, HashAlgorithmName.SHA256), -1, 90) + key.ExportPkcs8PrivateKeyPem(), Domain, Now).Remarks);
    }

    [Fact]
    public void A_short_key_is_a_warning()
    {
        using var key = RSA.Create(1_024);

        var remark = Assert.Single(CertificateExamination.Of(Issue(new($"CN={Domain}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), -1, 90) + key.ExportPkcs8PrivateKeyPem(), Domain, Now).Remarks);

        Assert.Equal((false, "its RSA key has 1024 bits."), (remark.Stops, remark.What));
    }

    private static string Pem(int from = -1, int until = 90)
    {
        using var key = RSA.Create(2_048);
        return Issue(new($"CN={Domain}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), from, until) + key.ExportPkcs8PrivateKeyPem();
    }

    private static string Issue(CertificateRequest request, int from, int until)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Domain);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Now.AddDays(from), Now.AddDays(until));
        return certificate.ExportCertificatePem() + "\n";
    }
}
