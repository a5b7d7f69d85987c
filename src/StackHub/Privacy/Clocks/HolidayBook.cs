using System.Collections.Frozen;

namespace StackHub.Privacy.Clocks;

/// <summary>All calendars of public holidays, by name: a country (DE), a state or nation of it (DE-BY, GB-SCT, US-CA).</summary>
public sealed class HolidayBook
{
    private readonly FrozenDictionary<string, PublicHolidays> calendars;

    public HolidayBook(IEnumerable<PublicHolidays> calendars) =>
        this.calendars = calendars.ToFrozenDictionary(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);

    public static HolidayBook Default { get; } = Read(EmbeddedYaml.Text("Privacy/calendars.yaml"));

    public IEnumerable<PublicHolidays> All => calendars.Values.OrderBy(calendar => calendar.Name, StringComparer.Ordinal);

    public PublicHolidays this[string name] => Find(name) ?? throw new ArgumentException($"There is no calendar '{name}': use one of {string.Join(", ", All.Select(calendar => calendar.Name))}.", nameof(name));

    public PublicHolidays? Find(string name) => calendars.GetValueOrDefault(name);

    /// <summary>Throws <see cref="FormatException"/> that names the line or the rule that is wrong.</summary>
    public static HolidayBook Read(string yaml)
    {
        var file = EmbeddedYaml.Read<CalendarFile>(yaml);
        return new(file.Calendars.Select(entry => Calendar(entry.Key, entry.Value, file)));
    }

    private static PublicHolidays Calendar(string name, CalendarForm form, CalendarFile file)
    {
        var like = form.Like is null ? null : file.Calendars.GetValueOrDefault(form.Like) ?? throw new FormatException($"Calendar '{name}' is like '{form.Like}', which is not in the file.");
        var zone = form.Zone ?? like?.Zone ?? throw new FormatException($"Calendar '{name}' has no zone: write one, such as zone: Europe/Berlin.");
        return new(name, file.Version, zone, [.. (like?.Holidays ?? []).Concat(form.Holidays).Select(HolidayRule.Parse)]);
    }

    private sealed class CalendarFile
    {
        public int Version { get; set; } = 1;
        public Dictionary<string, CalendarForm> Calendars { get; set; } = [];
    }

    private sealed class CalendarForm
    {
        public string? Like { get; set; }
        public string? Zone { get; set; }
        public List<string> Holidays { get; set; } = [];
    }
}
