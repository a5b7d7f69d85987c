using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>
/// A vendor with two objects for people (Lead and Contact) creates those that its setting createPeopleAs names, and only those.
/// Where the setting means something else (a role), its value names no object and nothing changes.
/// </summary>
internal static class PeopleAs
{
    public const string Setting = "createPeopleAs";

    public static ConnectorInfo Apply(ConnectorInfo connector, IReadOnlyDictionary<string, string> settings)
    {
        var chosen = settings.GetValueOrDefault(Setting) ?? connector.Settings.FirstOrDefault(setting => setting.Name == Setting)?.Default;
        return connector.Objects.Any(type => type.Kind == RecordKind.Person && type.ObjectType == chosen)
            ? connector with { Objects = [.. connector.Objects.Select(type => type.Kind == RecordKind.Person ? type with { CanCreate = type.ObjectType == chosen } : type)] }
            : connector;
    }
}
