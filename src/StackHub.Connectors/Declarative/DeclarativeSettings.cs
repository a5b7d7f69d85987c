using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>The settings of a system with the file's defaults, and what is wrong with them.</summary>
internal static class DeclarativeSettings
{
    public static Dictionary<string, string> Of(VendorSpec spec, IReadOnlyDictionary<string, string> given)
    {
        var settings = Known(spec).Where(setting => setting.Default is not null).ToDictionary(setting => setting.Name, setting => setting.Default!);
        foreach (var (name, value) in given)
            settings[name] = value;
        return settings;
    }

    public static IReadOnlyList<SettingInfo> Known(VendorSpec spec) =>
    [
        .. spec.Settings,
        .. spec.Auth.Kind == AuthKind.OAuth ? OAuth(spec) : [],
        new(VendorSpec.BaseSetting, $"Another address than {spec.Base.Source}."),
    ];

    public static IEnumerable<string> Problems(VendorSpec spec, IReadOnlyDictionary<string, string> given)
    {
        var settings = Of(spec, given);
        var missing = Known(spec).Where(setting => setting.Required && settings.GetValueOrDefault(setting.Name) is not { Length: > 0 }).ToArray();
        foreach (var setting in missing)
            yield return $"{spec.DisplayName} needs '{setting.Name}': {setting.Purpose}";
        if (missing.Length == 0 && BaseAddress.Of(spec, settings).Problem is { } problem)
            yield return problem;
        foreach (var (name, _) in settings.Where(setting => setting.Value.Any(char.IsControl)))
            yield return $"{spec.DisplayName}'s '{name}' has a line break or another control character.";
    }

    private static IEnumerable<SettingInfo> OAuth(VendorSpec spec)
    {
        yield return new("clientId", "The OAuth app's client id.", Required: true);
        yield return new("clientSecret", "The OAuth app's client secret.", Secret: true, Required: true);
        if (!spec.Auth.IsClientGrant)
            yield return new("refreshToken", "The OAuth grant's first refresh token.", Secret: true, Required: true);
    }
}
