using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Reading;
using StackHub.Configuration.Yaml;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Privacy.Reading;

/// <summary>Reads the purposes, and holds them to the fields and systems that the rest of the file knows.</summary>
internal sealed class PrivacyReader(FieldCatalog catalog, IReadOnlyCollection<string> systems, ProblemList problems)
{
    private const string Everything = "all";

    public PrivacySettings Read(Section privacy)
    {
        var settings = Settings(privacy);
        SurfaceReader.Check(privacy, settings);
        return settings;
    }

    private PrivacySettings Settings(Section privacy) => new(
        new([.. (privacy.Get(PrivacyFormat.Purposes) ?? []).Where(entry => entry.Value is not null).Select(entry => Purpose(entry.Name, entry.Value!))]),
        privacy.Get(PrivacyFormat.Consent)?.Get(PrivacyFormat.AskAgainAfterMonths) ?? PrivacySettings.LeastAskAgainMonths)
    {
        Intake = SurfaceReader.Intake(privacy.Get(SurfaceFormat.Intake)),
        Notify = SurfaceReader.Notify(privacy.Get(SurfaceFormat.Notify)),
        OpenDsr = SurfaceReader.OpenDsr(privacy.Get(SurfaceFormat.OpenDsr)),
    };

    private Purpose Purpose(string name, Section section) => new(name, section.Get(PrivacyFormat.Use) ?? PurposeUse.Service, section.Get(PrivacyFormat.Rule) ?? PurposeRule.OptOut)
    {
        Channel = section.Get(PrivacyFormat.Channel),
        Flag = Flag(section),
        Bound = (section.Get(PrivacyFormat.Fields) ?? []).Where(entry => entry.Value is not null).Select(Bound).OfType<KeyValuePair<SystemId, PurposeFields>>().ToFrozenDictionary(),
    };

    private string? Flag(Section section)
    {
        if (section.Get(PrivacyFormat.Flag) is not { } name)
            return null;
        if (catalog.Find(RecordKind.Person, name) is not { } field)
            section.Problem(PrivacyFormat.Flag, $"People have no field {Shown.Of(name)}.", Suggestion.OneOf(name, catalog.Names(RecordKind.Person)));
        else if (field.Type != FieldType.Boolean)
            section.Problem(PrivacyFormat.Flag, $"The field {Shown.Of(name)} does not say yes or no.", "Name a field of type boolean.");
        return name;
    }

    private KeyValuePair<SystemId, PurposeFields>? Bound(Named<ImmutableArray<Located>?> entry)
    {
        if (!systems.Contains(entry.Name))
        {
            problems.Add(entry.NamePlace, entry.Path, $"There is no system {Shown.Of(entry.Name)}.", Suggestion.OneOf(entry.Name, systems));
            return null;
        }
        var names = entry.Value!.Value;
        if (names is [{ Text: Everything }])
            return new(new(entry.Name), PurposeFields.All);
        foreach (var name in names.Where(name => catalog.Find(RecordKind.Person, name.Text) is null))
            problems.Add(name.Place, entry.Path, $"People have no field {Shown.Of(name.Text)}.", Suggestion.OneOf(name.Text, catalog.Names(RecordKind.Person)));
        return new(new(entry.Name), new(names.Select(name => name.Text).ToFrozenSet(StringComparer.Ordinal)));
    }
}
