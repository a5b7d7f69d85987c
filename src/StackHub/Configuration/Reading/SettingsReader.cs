using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;

namespace StackHub.Configuration.Reading;

/// <summary>Reads a system's settings and asks its connector about them. No message holds a value.</summary>
internal sealed class SettingsReader(IConnectorFactory factory, Section system)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);

    private ProblemList Problems => system.Problems;

    public ImmutableSortedDictionary<string, string> Read()
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in system.Get(SystemFormat.Settings) ?? [])
        {
            places[entry.Name] = entry.ValuePlace;
            if (entry.Value is not { } value || !IsWell(entry, value))
                reported.Add(entry.Name);
            else
                settings[entry.Name] = value;
        }
        CheckRequired();
        CheckWithConnector(settings.ToImmutable());
        return settings.ToImmutable();
    }

    private bool IsWell(Named<string> entry, string value)
    {
        if (factory.Info.Settings.FirstOrDefault(setting => setting.Name == entry.Name) is not { } info)
            return Wrong(entry.NamePlace, entry.Path, $"{factory.Info.DisplayName} has no setting {Shown.Of(entry.Name)}.", Suggestion.OneOf(entry.Name, factory.Info.Settings.Select(setting => setting.Name)));
        var reference = SecretReference.Parse(value);
        if (reference is { IsWellNamed: false })
            return Wrong(entry.ValuePlace, entry.Path, $"What follows '{reference.Scheme}:' is not a name.", "Write env:NAME with a variable's name, or keyvault:NAME with a secret's.");
        if (info.Secret && reference is null)
            return Wrong(entry.ValuePlace, entry.Path, "A secret is written into the file.", $"Put it into an environment variable or Key Vault, write env:NAME or keyvault:NAME here, and replace the secret at {factory.Info.DisplayName} if others could read this file.");
        return true;
    }

    private bool Wrong(Place place, string path, string message, string cure)
    {
        Problems.Add(place, path, message, cure);
        return false;
    }

    private void CheckRequired()
    {
        foreach (var info in factory.Info.Settings.Where(setting => setting is { Required: true, Default: null } && !places.ContainsKey(setting.Name)))
        {
            reported.Add(info.Name);
            system.Problem(SystemFormat.Settings, $"The setting {Shown.Of(info.Name)} is missing: {info.Purpose.TrimEnd('.')}.", info.Secret ? $"Add {info.Name}: env:NAME." : $"Add {info.Name}.");
        }
    }

    /// <summary>
    /// A connector sees references as they are written, so what it says of a referenced value's form is not true; such a sentence is gone
    /// without the reference, and is asked again when secrets are resolved. Sentences about settings already reported are left out.
    /// </summary>
    private void CheckWithConnector(ImmutableSortedDictionary<string, string> settings)
    {
        var references = settings.Where(setting => SecretReference.Parse(setting.Value) is not null).Select(setting => setting.Key).ToArray();
        var without = factory.Problems(settings.RemoveRange(references)).ToHashSet(StringComparer.Ordinal);
        foreach (var sentence in factory.Problems(settings))
            if (!Names(sentence, reported).Any() && (without.Contains(sentence) || !Names(sentence, references).Any()))
                Problems.Add(PlaceOf(sentence), system.PathOf(SystemFormat.Settings), sentence, $"See {factory.Info.Docs}.");
    }

    private Place PlaceOf(string sentence) =>
        Names(sentence, places.Keys).FirstOrDefault() is { } name ? places[name] : system.PlaceOf(SystemFormat.Settings);

    private static IEnumerable<string> Names(string sentence, IEnumerable<string> settings) =>
        settings.Where(name => Regex.IsMatch(sentence, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.CultureInvariant));
}
