using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using StackHub.Calendars;
using StackHub.Calendars.Reading;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Records;

namespace StackHub.Routing.Reading;

/// <summary>The keys of somebody who may own leads.</summary>
internal static class OwnerFormat
{
    private static readonly Key<ImmutableArray<Named<string>>?> Ids = new("ids", new TableOf<string>("A block of systems and ids", new TextValue(), Forms.System), "Their user ids in the tools.");
    private static readonly Key<bool?> Active = new("active", new Flag(), "false for somebody who left.") { Default = "true" };
    private static readonly Key<bool?> Queue = new("queue", new Flag(), "true for a tool's queue, or the user a tool gives what nobody owns: what is theirs waits for an owner.") { Default = "false" };
    private static readonly Key<string> Manager = new("manager", new TextValue(), "Who gets what was theirs when they leave.");
    private static readonly Key<ImmutableArray<Located>?> Skills = new("skills", new Names("A list of skills"), "What they know.");
    private static readonly Key<ImmutableArray<Located>?> Languages = new("languages", new Names("A list of languages"), "What they speak, such as en.");
    private static readonly Key<Section> Hours = new("hours", HoursFormat.Shape, "When they work; without it always.");
    private static readonly Key<ImmutableArray<Located>?> Away = new("away", new Names("Dates such as 2026-12-24..2026-12-31"), "Days on which they get no leads, the last one included.");

    public static readonly SectionOf Shape = new("A block of ids, hours and the like", [Ids, Active, Queue, Manager, Skills, Languages, Hours, Away]);

    public static LeadOwner Read(Named<Section> entry, IReadOnlyCollection<string> systems)
    {
        var section = entry.Value!;
        var hours = section.Get(Hours) is { } written ? HoursFormat.Read(written) : null;
        var ids = (section.Get(Ids) ?? []).Where(id => id.Value is not null).ToArray();
        foreach (var unknown in ids.Where(id => !systems.Contains(id.Name)))
            section.Problems.Add(unknown.NamePlace, unknown.Path, $"There is no system {Shown.Of(unknown.Name)}.", Suggestion.OneOf(unknown.Name, systems));
        return new(new(entry.Name))
        {
            IsActive = section.Get(Active) ?? true,
            IsQueue = section.Get(Queue) ?? false,
            Manager = section.Get(Manager) is { } manager ? new(manager) : null,
            Ids = ids.Where(id => systems.Contains(id.Name)).ToImmutableSortedDictionary(id => new SystemId(id.Name), id => id.Value!),
            Skills = [.. (section.Get(Skills) ?? []).Select(skill => skill.Text)],
            Languages = [.. (section.Get(Languages) ?? []).Select(language => language.Text)],
            Hours = hours ?? BusinessCalendar.Always,
            Away = [.. (section.Get(Away) ?? []).Select(days => Absence(section, days, (hours ?? BusinessCalendar.Always).Zone)).OfType<Absence>()],
        };
    }

    public static void CheckManager(Section section, LeadOwner owner, IReadOnlyCollection<string> owners)
    {
        if (owner.Manager is { } manager && !owners.Contains(manager.Name))
            section.Problem(Manager, $"There is no owner {Shown.Of(manager.Name)}.", Suggestion.OneOf(manager.Name, owners));
    }

    /// <summary>Read back, one id can only mean one of them.</summary>
    public static void SharedId(Section section, SystemId system, OwnerId other) =>
        section.Problem(Ids, $"{Shown.Of(other.Name)} has the same id in {system}.", "Give each owner an id of their own.");

    private static Absence? Absence(Section section, Located days, DateTimeZone zone)
    {
        var parts = days.Text.Split("..");
        if (parts.Length <= 2 && LocalDatePattern.Iso.Parse(parts[0]) is { Success: true } first && LocalDatePattern.Iso.Parse(parts[^1]) is { Success: true } last && first.Value <= last.Value)
            return new(zone.AtStartOfDay(first.Value).ToDateTimeOffset(), zone.AtStartOfDay(last.Value.PlusDays(1)).ToDateTimeOffset());
        section.Problems.Add(days.Place, section.PathOf(Away), $"'{days.Text}' are no days.", "Write 2026-12-24, or 2026-12-24..2026-12-31.");
        return null;
    }
}
