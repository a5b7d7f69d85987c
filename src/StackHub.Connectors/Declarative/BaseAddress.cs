using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>The address all calls of a system begin with; its host is one the file names, whatever the settings say.</summary>
internal static class BaseAddress
{
    /// <summary>Null with a sentence about what is wrong.</summary>
    public static (Uri? Address, string? Problem) Of(VendorSpec spec, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.GetValueOrDefault(VendorSpec.BaseSetting) is { Length: > 0 } own)
            return Uri.TryCreate(own, UriKind.Absolute, out var address) && IsAllowed(spec, address) ? (address, null) : (null, $"{spec.DisplayName}'s '{VendorSpec.BaseSetting}' must be an https address at {string.Join(" or ", spec.Hosts)}.");
        var names = new Names().WithAll("setting", settings);
        foreach (var name in spec.Base.UsedNames.Where(name => !IsLabel(Templates.JsonPath.Text(names.Find(name.Of)))))
            return (null, $"{spec.DisplayName}'s '{name.Of.Split('.')[^1]}' must be letters, digits and hyphens, as it is a part of a host's name.");
        return Uri.TryCreate(spec.Base.Render(new(names)), UriKind.Absolute, out var made) && IsAllowed(spec, made) ? (made, null) : (null, $"{spec.DisplayName}'s address is not at {string.Join(" or ", spec.Hosts)}.");
    }

    /// <summary>The base with a label in the place of each name.</summary>
    public static Uri? Example(VendorSpec spec) =>
        Uri.TryCreate(string.Concat(spec.Base.Parts.Select(part => part is TemplatePart.Literal literal ? literal.Text : "x")), UriKind.Absolute, out var address) ? address : null;

    private static bool IsAllowed(VendorSpec spec, Uri address) =>
        address.UserInfo.Length == 0 && address.Query.Length == 0 && (address.IsLoopback || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && spec.Allows(address.Host)));

    private static bool IsLabel(string? text) => text is { Length: > 0 and <= 63 } && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
