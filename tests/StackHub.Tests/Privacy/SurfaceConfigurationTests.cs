using StackHub.Tests.Configuration;

namespace StackHub.Tests.Privacy;

public sealed class SurfaceConfigurationTests
{
    [Fact]
    public void Intake_notify_and_OpenDSR_are_read()
    {
        var privacy = Loading.Valid(Loading.Two + """
            privacy:
              intake: { open: false, name: Analytical Engines Ltd, contact: 12 Example Street, otherwise: eu-gdpr/EU }
              notify: { url: "https://mailer.example.com/privacy", secret: env:NOTIFY_SECRET }
              opendsr: { domain: opendsr.example.com, apiVersion: "3.0", headers: OpenGDPR, certificate: keyvault:opendsr, gdprPlace: DE }
            """).Model.Privacy;

        Assert.Equal((false, "Analytical Engines Ltd", "eu-gdpr/EU"), (privacy.Intake.Open, privacy.Intake.Name, privacy.Intake.Otherwise));
        Assert.Equal(("https://mailer.example.com/privacy", "env:NOTIFY_SECRET"), (privacy.Notify!.Url.ToString(), privacy.Notify.Secret));
        Assert.Equal(("opendsr.example.com", "3.0", "OpenGDPR", "keyvault:opendsr", "DE"), (privacy.OpenDsr!.Domain, privacy.OpenDsr.ApiVersion, privacy.OpenDsr.HeaderPrefix, privacy.OpenDsr.Certificate, privacy.OpenDsr.GdprPlace));
    }

    [Fact]
    public void Without_them_the_form_is_open_nobody_is_told_and_no_controller_answered()
    {
        var privacy = Loading.Valid(Loading.Two).Model.Privacy;

        Assert.True(privacy.Intake.Open);
        Assert.Null(privacy.Notify);
        Assert.Null(privacy.OpenDsr);
    }

    [Theory]
    [InlineData("notify: { url: \"https://mailer.example.com\", secret: whsec_abc }", "env:")]
    [InlineData("notify: { url: \"http://mailer.example.com\", secret: env:X }", "https")]
    [InlineData("notify: { url: \"https://mailer.example.com\" }", "secret")]
    [InlineData("opendsr: { domain: localhost }", "domain")]
    [InlineData("opendsr: { domain: a.example.com, gdprPlace: US }", "one of")]
    [InlineData("intake: { otherwise: us-none/DE }", "eu-gdpr/EU")]
    public void A_mistake_is_told_with_its_cure(string line, string cure)
    {
        var problem = Assert.Single(Loading.Problems($"{Loading.Two}privacy:\n  {line}\n"));

        Assert.Contains(cure, problem.ToString(), StringComparison.Ordinal);
    }
}
