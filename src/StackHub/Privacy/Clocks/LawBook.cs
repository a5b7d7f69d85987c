using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace StackHub.Privacy.Clocks;

/// <summary>The laws the hub keeps, with the calendars they count by.</summary>
public sealed class LawBook
{
    private readonly FrozenDictionary<string, Law> laws;

    public LawBook(IEnumerable<Law> laws, HolidayBook holidays)
    {
        (this.laws, Holidays) = (laws.ToFrozenDictionary(law => law.Id, StringComparer.OrdinalIgnoreCase), holidays);
        if (Problems().ToArray() is { Length: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(laws));
    }

    public static LawBook Default { get; } = Read(EmbeddedYaml.Text("Privacy/laws.yaml"), HolidayBook.Default);

    public HolidayBook Holidays { get; }

    public IEnumerable<Law> All => laws.Values.OrderBy(law => law.Id, StringComparer.Ordinal);

    public Law this[string id] => Find(id) ?? throw new ArgumentException($"There is no law '{id}': use one of {string.Join(", ", All.Select(law => law.Id))}.", nameof(id));

    public Law? Find(string id) => laws.GetValueOrDefault(id);

    /// <summary>The laws under which somebody who lives there may ask for that; a German state has the EU's.</summary>
    public IEnumerable<LawPlace> ApplyingIn(string place, PrivacyRequestKind kind) =>
        from law in All
        where !law.ByPull && law.TermFor(kind) is not null
        from known in law.Places
        where string.Equals(known, place, StringComparison.OrdinalIgnoreCase)
        select new LawPlace(law.Id, known);

    /// <summary>The same book with some laws of the operator's own reading.</summary>
    public LawBook With(IEnumerable<Law> own) => new(own.Concat(laws.Values).DistinctBy(law => law.Id, StringComparer.OrdinalIgnoreCase), Holidays);

    /// <summary>Throws <see cref="FormatException"/> that names the line or term that is wrong.</summary>
    public static LawBook Read(string yaml, HolidayBook holidays)
    {
        var file = EmbeddedYaml.Read<LawFile>(yaml);
        return new(file.Laws.Select(entry => entry.Value.Law(entry.Key, file.Version)), holidays);
    }

    private IEnumerable<string> Problems()
    {
        foreach (var law in All)
        {
            foreach (var place in law.Places.Where(place => Holidays.Find(place) is null))
                yield return $"Law '{law.Id}' is kept in '{place}', which has no calendar: add one, or take it out.";
            foreach (var kind in law.Terms.SelectMany(term => term.Kinds).GroupBy(kind => kind).Where(kind => kind.Count() > 1))
                yield return $"Law '{law.Id}' has two terms for {PrivacyRequestKinds.Of(kind.Key)}: keep one.";
        }
    }

    private sealed class LawFile
    {
        public int Version { get; set; } = 1;
        public Dictionary<string, LawForm> Laws { get; set; } = [];
    }

    private sealed class LawForm
    {
        public string Name { get; set; } = "";
        public int? Version { get; set; }
        public bool Rolls { get; set; }
        public List<string> Places { get; set; } = [];
        public string? FirstDay { get; set; }
        public Dictionary<string, string> Pauses { get; set; } = [];
        public bool OptOutFirst { get; set; }
        public bool ByPull { get; set; }
        public string? PullEvery { get; set; }
        public string? PullFrom { get; set; }
        public string? KeepRecords { get; set; }
        public bool KeepRecordsAssumed { get; set; }
        public string? NoOptIn { get; set; }
        public AppealForm? Appeal { get; set; }
        public List<TermForm> Terms { get; set; } = [];

        public Law Law(string id, int version) => new(id, Name, Version ?? version, [.. Places], [.. Terms.Select(term => term.Term())])
        {
            Rolls = Rolls,
            FirstDayMayCount = FirstDay == "either",
            OptOutFirst = OptOutFirst,
            ByPull = ByPull,
            PullEvery = Optional(PullEvery),
            PullFrom = PullFrom is null ? null : DateOnly.ParseExact(PullFrom, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Pauses = Pauses.ToImmutableDictionary(pause => Word<PauseReason>(pause.Key), pause => Word<PauseEffect>(pause.Value)),
            Appeal = Appeal is null ? null : new(Clocks.Term.Parse(Appeal.Within), Appeal.Rule, Appeal.Assumed),
            KeepRecords = Optional(KeepRecords),
            KeepRecordsAssumed = KeepRecordsAssumed,
            NoOptIn = Optional(NoOptIn),
        };
    }

    private sealed class AppealForm
    {
        public string Within { get; set; } = "";
        public string Rule { get; set; } = "";
        public bool Assumed { get; set; }
    }

    private sealed class TermForm
    {
        public List<string> Kinds { get; set; } = [];
        public string Rule { get; set; } = "";
        public string? Acknowledge { get; set; }
        public string Complete { get; set; } = "";
        public string? Extended { get; set; }
        public bool Assumed { get; set; }
        public bool ExtendedAssumed { get; set; }

        public LawTerm Term() => new([.. Kinds.Select(Kind)], Rule, Clocks.Term.Parse(Complete))
        {
            Acknowledge = Optional(Acknowledge),
            Extended = Optional(Extended),
            Assumed = Assumed,
            ExtendedAssumed = ExtendedAssumed,
        };

        private static PrivacyRequestKind Kind(string name) =>
            PrivacyRequestKinds.Parse(name) ?? throw new FormatException($"'{name}' is no kind of request: write one of {string.Join(", ", PrivacyRequestKinds.All.Select(PrivacyRequestKinds.Of))}.");
    }

    private static T Word<T>(string text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word)
        ? word
        : throw new FormatException($"'{text}' is not understood: write one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");

    private static Term? Optional(string? text) => text is null ? null : Term.Parse(text);
}
