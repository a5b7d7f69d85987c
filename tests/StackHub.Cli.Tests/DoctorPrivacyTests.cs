using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

/// <summary>The doctor at what privacy requests need beside the tools.</summary>
public sealed class DoctorPrivacyTests(SyncedHub hub) : IClassFixture<SyncedHub>, IDisposable
{
    private const string Secret = "CLI_TEST_NOTIFY_SECRET";
    private const string Certificate = "CLI_TEST_OPENDSR_PEM";
    private readonly TryFolder folder = new();

    [Fact]
    public async Task Without_them_there_is_nothing_to_look_at()
    {
        var findings = await FindingsAsync("");

        Assert.DoesNotContain(findings, finding => finding.Area is "privacy.notify" or "privacy.opendsr");
        Assert.Contains(findings, finding => finding is { Area: "privacy.receipts", State: "fine" });
    }

    [Fact]
    public async Task A_secret_that_is_there_is_fine_and_is_not_printed()
    {
        var text = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        Environment.SetEnvironmentVariable(Secret, text);

        var answer = await DoctorAsync(Notify);

        Assert.Equal(("fine", "codes and alarms go to mailer.example, signed.", null), Only(answer, "privacy.notify"));
        Assert.DoesNotContain(text[6..], answer.Out + answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "problem", "The secret of privacy.notify cannot be read. No code reaches anybody until it is mended.")]
    [InlineData("letmein", "problem", "The secret of privacy.notify is not whsec_ and base64. No code reaches anybody until it is mended.")]
    [InlineData("whsec_c2hvcnQ=", "warning", "its secret has 5 bytes.")]
    public async Task A_secret_that_is_missing_or_none_is_said_with_the_way_to_make_one(string? text, string state, string message)
    {
        Environment.SetEnvironmentVariable(Secret, text);

        var found = Only(await DoctorAsync(Notify), "privacy.notify");

        Assert.Equal((state, message), (found.State, found.Message));
        Assert.Contains("whsec_$(openssl rand -base64 32)", found.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "fine", "the certificate for opendsr.hub.example can sign, until ")]
    [InlineData(20, "warning", "the certificate: it ends on ")]
    [InlineData(-1, "problem", "the certificate: it ended on ")]
    public async Task A_certificate_is_looked_at_before_it_ends(int days, string state, string message)
    {
        Environment.SetEnvironmentVariable(Certificate, Pem(days));

        var found = Only(await DoctorAsync(OpenDsr), "privacy.opendsr");

        Assert.Equal(state, found.State);
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(state == "fine" ? null : "Have it renewed, and put certificate and key where privacy.opendsr.certificate refers to.", found.Cure);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_a_problem()
    {
        Environment.SetEnvironmentVariable(Certificate, null);

        Assert.Equal(("problem", "The certificate of privacy.opendsr cannot be read.", $"Set what 'env:{Certificate}' refers to: certificate and private key in PEM."), Only(await DoctorAsync(OpenDsr), "privacy.opendsr"));
    }

    [Fact]
    public async Task Answers_that_are_signed_for_another_host_than_controllers_call_are_a_warning()
    {
        Environment.SetEnvironmentVariable(Certificate, Pem(200));

        var found = Only(await DoctorAsync(OpenDsr, "https://hub.example"), "privacy.opendsr");

        Assert.Equal(("warning", "Let privacy.opendsr.domain be the host of hub.publicUrl."), (found.State, found.Cure));
    }

    [Fact]
    public async Task One_that_the_hub_made_itself_is_only_good_for_a_try()
    {
        var found = Only(await DoctorAsync("\nprivacy:\n  opendsr: { domain: opendsr.hub.example }\n"), "privacy.opendsr");

        Assert.Equal("warning", found.State);
        Assert.Contains("made itself", found.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Notify => $"\nprivacy:\n  notify: {{ url: 'https://mailer.example/codes', secret: 'env:{Secret}' }}\n";

    private static string OpenDsr => $"\nprivacy:\n  opendsr: {{ domain: opendsr.hub.example, certificate: 'env:{Certificate}' }}\n";

    private Task<CliAnswer> DoctorAsync(string privacy, string address = "https://opendsr.hub.example") =>
        Cli.RunAsync("doctor", "--json", "--config", folder.Write("stackhub.yaml", File.ReadAllText(hub.Config).Replace("http://127.0.0.1:9", address, StringComparison.Ordinal) + privacy), "--data", hub.Data);

    private async Task<IReadOnlyList<(string Area, string State, string Message, string? Cure)>> FindingsAsync(string privacy) => Findings(await DoctorAsync(privacy));

    private static (string State, string Message, string? Cure) Only(CliAnswer answer, string area)
    {
        var found = Assert.Single(Findings(answer), finding => finding.Area == area);
        Assert.Equal(found.State == "problem" ? ExitCode.Problems : ExitCode.Fine, answer.ExitCode);
        return (found.State, found.Message, found.Cure);
    }

    private static IReadOnlyList<(string Area, string State, string Message, string? Cure)> Findings(CliAnswer answer) =>
    [
        .. answer.Json.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("area").GetString()!, finding.GetProperty("state").GetString()!, finding.GetProperty("message").GetString()!,
            finding.TryGetProperty("cure", out var cure) && cure.ValueKind == JsonValueKind.String ? cure.GetString() : null)),
    ];

    private static string Pem(int days)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=opendsr.hub.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("opendsr.hub.example");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(days));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
