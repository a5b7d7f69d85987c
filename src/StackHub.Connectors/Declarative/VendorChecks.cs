using StackHub.Configuration.Format;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>What can only be said of a whole file: where it may send, and whether its names exist.</summary>
internal static class VendorChecks
{
    /// <summary>Settings every vendor has without naming them.</summary>
    private static readonly string[] Given = [VendorSpec.BaseSetting, "clientId", "clientSecret", "refreshToken"];

    public static void Run(Section file, VendorSpec spec)
    {
        Egress(file, spec);
        foreach (var (template, key) in Templates(spec))
            foreach (var name in template.UsedNames.Where(name => name.Root == "setting" && !IsSetting(spec, name.Of["setting.".Length..])))
                file.Problems.Add(template.Place, key, $"There is no setting '{name.Of["setting.".Length..]}'.", "Declare it under settings:.");
        if (spec.Webhook is { } webhook)
            Webhooks(file, spec, webhook);
        if (spec.Objects.IsEmpty)
            file.Problem(VendorFormat.Objects, "There is no object type.", "Add one under objects:, such as contacts:.");
    }

    private static void Egress(Section file, VendorSpec spec)
    {
        if (!spec.Base.Source.StartsWith("https://", StringComparison.Ordinal))
            file.Problem(VendorFormat.Base, "The base is not an https address.", "Begin it with https://.");
        else if (BaseAddress.Example(spec) is not { } example || !spec.Allows(example.Host))
            file.Problem(VendorFormat.Base, "The base's host is not among hosts.", "Name it there; *.example.com stands for one label before example.com.");
        if (spec.Auth.TokenAddress is { } token && !spec.Allows(token.Host))
            file.Problem(VendorFormat.Auth, "The host of tokenUrl is not among hosts.", "Name it there.");
        foreach (var host in spec.Hosts.Where(host => Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) != UriHostNameType.Dns || host.Split('.').Length < 2))
            file.Problem(VendorFormat.Hosts, $"'{Configuration.Yaml.Shown.Bare(host)}' is not a host.", "Write a name such as api.example.com, without https:// and without a path.");
    }

    private static void Webhooks(Section file, VendorSpec spec, WebhookSpec webhook)
    {
        if (!IsSetting(spec, webhook.Signature.Secret))
            file.Problem(VendorFormat.Webhook, $"There is no setting '{webhook.Signature.Secret}' for the webhook's key.", "Declare it under settings: with secret: true.");
        foreach (var happened in webhook.Events.Where(happened => spec.Objects.All(type => type.Name != happened.Object)))
            file.Problem(VendorFormat.Webhook, $"There is no object type '{happened.Object}'.", Suggestion.OneOf(happened.Object, spec.Objects.Select(type => type.Name)));
    }

    private static bool IsSetting(VendorSpec spec, string name) => Given.Contains(name) || spec.Settings.Any(setting => setting.Name == name);

    private static IEnumerable<(Template Template, string Key)> Templates(VendorSpec spec)
    {
        IEnumerable<Template?> own = [spec.Base, spec.Auth.User, spec.Auth.Password, spec.Auth.Value, .. spec.Headers.Select(header => header.Value)];
        foreach (var template in own.OfType<Template>())
            yield return (template, "");
        foreach (var request in spec.Objects.SelectMany(Requests).Append(spec.Check).OfType<RequestSpec>())
            foreach (var template in request.Query.Concat(request.Headers).Concat(request.Form).Select(entry => entry.Value).Prepend(request.Path).Concat(request.Body?.Templates ?? []))
                yield return (template, request.Operation);
    }

    private static IEnumerable<RequestSpec?> Requests(ObjectSpec type) =>
    [
        type.Scan.Request, type.Feed.Request, type.Read, type.Upsert?.Request, type.Create?.Request, type.Update?.Request, type.Delete,
        type.Upsert?.Job?.Request, type.Create?.Job?.Request, type.Consent?.OptOut, type.Consent?.OptIn, type.Erase?.Confirm?.Request, .. type.Find.Select(find => find.Request), .. type.Erase?.Steps.Select(step => step.Request) ?? [],
    ];
}
