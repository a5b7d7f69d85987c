using System.Text.RegularExpressions;

namespace StackHub.Configuration;

/// <summary>Where a setting's value is kept: "env:NAME" or "keyvault:NAME".</summary>
internal sealed partial record SecretReference(string Scheme, string Name)
{
    public const string Environment = "env";
    public const string KeyVault = "keyvault";

    /// <summary>Null for a literal value. The name is checked apart, by <see cref="IsWellNamed"/>.</summary>
    public static SecretReference? Parse(string setting)
    {
        var colon = setting.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && setting[..colon] is Environment or KeyVault ? new(setting[..colon], setting[(colon + 1)..]) : null;
    }

    public bool IsWellNamed => (Scheme == Environment ? VariableForm() : VaultForm()).Match(Name) is { Success: true } match && match.Length == Name.Length;

    public override string ToString() => $"{Scheme}:{Name}";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,254}$", RegexOptions.CultureInvariant)]
    private static partial Regex VariableForm();

    [GeneratedRegex("^[0-9A-Za-z-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex VaultForm();
}
