using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>A vendor as its file describes it.</summary>
internal sealed record VendorSpec(string Vendor, string DisplayName, Uri Docs, Template Base, ImmutableArray<string> Hosts, AuthSpec Auth)
{
    public ImmutableArray<SettingInfo> Settings { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, Template>> Headers { get; init; } = [];

    public ImmutableArray<RateLimit> Limits { get; init; } = [];

    public ImmutableArray<string> Scopes { get; init; } = [];

    public ImmutableArray<ErrorRule> Errors { get; init; } = [];

    public ImmutableArray<ObjectSpec> Objects { get; init; } = [];

    /// <summary>The media type of JSON bodies.</summary>
    public string MediaType { get; init; } = "application/json";

    public RequestSpec? Check { get; init; }

    public WebhookSpec? Webhook { get; init; }

    /// <summary>The setting that puts another address (a sandbox's) in the place of the base; every vendor has it.</summary>
    public const string BaseSetting = "baseUrl";

    public bool Allows(string host) => Hosts.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && !host[..^(pattern.Length - 1)].Contains('.', StringComparison.Ordinal)
        : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The keys at the top of a vendor's file.</summary>
internal static partial class VendorFormat
{
    public static readonly Key<string> Vendor = new("vendor", new TextValue("A key of lower-case letters, digits and hyphens", VendorForm()), "The vendor's key in configurations.") { Required = true };
    public static readonly Key<string> Name = new("name", new TextValue(), "The vendor's name for people.") { Required = true };
    public static readonly Key<Uri> Docs = new("docs", new WebAddress(), "The vendor's documentation.") { Required = true };
    public static readonly Key<Template> Base = new("base", new TemplateText(), "The address all calls begin with: https, a host under hosts, and settings such as {{ setting.region }} in it.") { Required = true };
    public static readonly Key<ImmutableArray<Located>?> Hosts = new("hosts", new Configuration.Format.Names("One or more hosts"), "The only hosts that are ever called; *.example.com is one label before example.com.") { Required = true };
    public static readonly Key<ImmutableArray<Located>?> Scopes = new("scopes", new Configuration.Format.Names("A list of scopes"), "The permissions the calls need, in the vendor's words.");
    public static readonly Key<ImmutableArray<Named<Section>>?> Settings = new("settings", SettingFormat.Shape, "What a system of this vendor is configured with.");
    public static readonly Key<AuthSpec> Auth = new("auth", AuthFormat.Shape, "How the vendor knows us.") { Required = true };
    public static readonly Key<ImmutableArray<Named<Template>>?> Headers = new("headers", new TableOf<Template>("A block of headers", new TemplateText(), (RequestFormat.HeaderForm(), "a header's name")), "Headers of every call.");
    public static readonly Key<string> MediaType = new("mediaType", new TextValue("A media type", MediaTypeForm()), "The media type of JSON bodies.") { Default = "application/json" };
    public static readonly Key<ImmutableArray<RateLimit>?> Limits = new("limits", LimitFormat.Shape, "The vendor's published limits.");
    public static readonly Key<ImmutableArray<ErrorRule>?> Errors = new("errors", ErrorFormat.Shape, "What errors mean; the first rule that fits counts, and an answer that none fits stops the call.");
    public static readonly Key<ImmutableArray<Named<ObjectSpec>>?> Objects = new("objects", ObjectFormat.Shape, "The object types, in the order of dependence.") { Required = true };
    public static readonly Key<RequestSpec> Check = new("check", RequestFormat.Shape, "A call that succeeds when the account is set up.");
    public static readonly Key<WebhookSpec> Webhook = new("webhook", WebhookFormat.Shape, "The vendor's webhooks.");

    public static readonly SectionOf Shape = new("A block of keys", [Vendor, Name, Docs, Base, Hosts, Scopes, Settings, Auth, Headers, MediaType, Limits, Errors, Objects, Check, Webhook]);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex VendorForm();

    [GeneratedRegex("^application/[a-z0-9.+-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex MediaTypeForm();
}

/// <summary>The keys of a setting.</summary>
internal static class SettingFormat
{
    private static readonly Key<string> Purpose = new("purpose", new TextValue(), "What it is for.") { Required = true };
    private static readonly Key<bool?> Secret = new("secret", new Flag(), "It is a secret.") { Default = "false" };
    private static readonly Key<bool?> Required = new("required", new Flag(), "It must be given.") { Default = "false" };
    private static readonly Key<string> Default = new("default", new TextValue(), "Its value when it is not given.");

    public static readonly TableOf<Section> Shape = new("A block of settings", new SectionOf("A setting", [Purpose, Secret, Required, Default]));

    public static SettingInfo Read(Named<Section> entry)
    {
        var section = entry.Value!;
        return new(entry.Name, section.Get(Purpose) ?? "", section.Get(Secret) ?? false, section.Get(Required) ?? false, section.Get(Default));
    }
}

/// <summary>The keys of a limit.</summary>
internal static class LimitFormat
{
    private static readonly Key<string> Scope = new("scope", new TextValue(), "The calls it counts.") { Default = "*" };
    private static readonly Key<int?> Calls = new("calls", new WholeNumber(1, 1_000_000), "So many calls ...") { Required = true };
    private static readonly Key<TimeSpan?> Within = new("within", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), "... in any such time.") { Required = true };

    public static readonly ListOf<RateLimit> Shape = new("A list of limits", new Meaning<RateLimit>(new SectionOf("A limit", [Scope, Calls, Within]), section =>
        new(section.Get(Scope) ?? Http.VendorCall.AnyScope, section.Get(Calls) ?? 1, section.Get(Within) ?? TimeSpan.FromSeconds(1))));
}
