using System.Text.RegularExpressions;
using StackHub.Configuration.Format;

namespace StackHub.Privacy.Reading;

/// <summary>The keys under "privacy" that say how requests come in and what is told outside.</summary>
internal static partial class SurfaceFormat
{
    public static readonly Key<bool?> Open = new("open", new Flag(), "Whether anybody can send a request at privacy/, without signing in.") { Default = "true" };

    public static readonly Key<string> Name = new("name", new TextValue(), "Who answers, as visitors of the form know it.");

    public static readonly Key<string> Contact = new("contact", new TextValue(), "Where else visitors can turn to, such as a postal address.");

    public static readonly Key<string> Otherwise = new("otherwise", new TextValue("A law and place such as eu-gdpr/EU", LawForm()), "The law and place by which somebody is answered whose own place has none.");

    public static readonly Key<bool?> CodesByHand = new("codesByHand", new Flag(), "Whether officers may see one-time codes, to bring them to the person by phone or letter. Where nothing is said: only without notify.");

    public static readonly Key<Section> Intake = new("intake", new SectionOf("A block of intake settings", [Open, Name, Contact, Otherwise, CodesByHand]), "The public form for privacy requests.");

    public static readonly Key<Uri> Url = new("url", new WebAddress(), "Where codes and alarms are posted, signed as Standard Webhooks say.") { Required = true };

    public static readonly Key<string> Secret = new("secret", new TextValue("A reference such as env:NOTIFY_SECRET", ReferenceForm()), "The secret they are signed with: whsec_ and base64, by reference.") { Required = true };

    public static readonly Key<Section> Notify = new("notify", new SectionOf("A block of url and secret", [Url, Secret]), "Where codes for people and alarms for officers go; without it officers hand codes over themselves.");

    public static readonly Key<string> Domain = new("domain", new TextValue("A domain such as opendsr.example.com", DomainForm()), "The domain under which other companies reach this hub, for which answers are signed.") { Required = true };

    public static readonly Key<string> ApiVersion = new("apiVersion", new TextValue("A version such as 2.0", VersionForm()), "The version that answers name.") { Default = "2.0" };

    public static readonly Key<string> Headers = new("headers", new TextValue("OpenDSR, OpenGDPR or OpenCompliance", HeaderForm()), "What the names of signature headers begin with.") { Default = "OpenDSR" };

    public static readonly Key<string> Certificate = new("certificate", new TextValue("A reference such as env:OPENDSR_PEM", ReferenceForm()), "Certificate and private key in PEM, by reference; without it the hub makes one that only testers trust.");

    public static readonly Key<string> GdprPlace = new("gdprPlace", new TextValue("A country such as DE, or EU,", PlaceForm()), "The place whose calendar counts for requests under the GDPR.") { Default = "EU" };

    public static readonly Key<Section> OpenDsr = new("opendsr", new SectionOf("A block of OpenDSR settings", [Domain, ApiVersion, Headers, Certificate, GdprPlace]), "Requests from other companies' systems by OpenDSR.");

    [GeneratedRegex("^[a-z0-9-]{1,40}/[A-Z]{2}(-[A-Z]{2,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex LawForm();

    [GeneratedRegex("^(env:[A-Za-z_][A-Za-z0-9_]{0,254}|keyvault:[0-9A-Za-z-]{1,127})$", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceForm();

    [GeneratedRegex("^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex DomainForm();

    [GeneratedRegex("^(OpenDSR|OpenGDPR|OpenCompliance)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderForm();

    [GeneratedRegex("^[0-9]{1,2}\\.[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionForm();

    [GeneratedRegex("^[A-Z]{2}(-[A-Z]{2,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceForm();
}
