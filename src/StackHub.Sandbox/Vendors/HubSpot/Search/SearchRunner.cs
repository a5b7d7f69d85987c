using System.Globalization;
using StackHub.Sandbox.Vendors.HubSpot.Properties;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot.Search;

/// <summary>Finds the records a search asks for, by index where one fits.</summary>
internal sealed class SearchRunner(HubSpotTable table, HubSpotErrors errors)
{
    public IEnumerable<HubSpotRecord> Matching(IReadOnlyList<IReadOnlyList<SearchFilter>> groups, string? text, DateTimeOffset now)
    {
        var tests = groups.Select(group => group.Select(Test).ToArray()).ToList();
        var late = table.Lag.Late(now);
        var candidates = groups.Count == 0 ? table.Records.Values : groups.SelectMany(Candidates);
        return candidates.Concat(late).Distinct().Select(table.Lag.Seen)
            .Where(record => record is { IsArchived: false }
                && (tests.Count == 0 || tests.Exists(group => Array.TrueForAll(group, test => test(record))))
                && (string.IsNullOrEmpty(text) || HasText(record, text)))
            .Select(record => record!);
    }

    public IComparer<HubSpotRecord> Order(string property, bool isDescending)
    {
        var kind = Kind(property);
        var sign = isDescending ? -1 : 1;
        return Comparer<HubSpotRecord>.Create((a, b) =>
        {
            var order = sign * Compared(kind, a[property], b[property]);
            return order != 0 ? order : a.Id.CompareTo(b.Id);
        });
    }

    private PropertyDefinition Definition(string property) => table.Properties.GetValueOrDefault(property)
        ?? throw errors.Refusal(400, "VALIDATION_ERROR", $"Property \"{property}\" does not exist", new HubSpotProblem($"Property \"{property}\" does not exist", "PROPERTY_DOESNT_EXIST", property));

    private string Kind(string property) => Definition(property).Type;

    private Func<HubSpotRecord, bool> Test(SearchFilter filter)
    {
        var kind = Kind(filter.Property);
        string? Of(HubSpotRecord record) => record[filter.Property];
        if (kind is "datetime" or "date" && filter.Value is { } time && PropertyValues.Time(time) is null)
            throw errors.Invalid($"{time} is not a valid time for property {filter.Property}");
        if (kind == "number" && filter.Value is { } number && !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw errors.Invalid($"{number} is not a valid number for property {filter.Property}");
        return filter.Operator switch
        {
            "HAS_PROPERTY" => record => Of(record) is not null,
            "NOT_HAS_PROPERTY" => record => Of(record) is null,
            "EQ" => record => Of(record) is { } value && Compared(kind, value, filter.Value) == 0,
            "NEQ" => record => Of(record) is { } value && Compared(kind, value, filter.Value) != 0,
            "LT" => record => Of(record) is { } value && Compared(kind, value, filter.Value) < 0,
            "LTE" => record => Of(record) is { } value && Compared(kind, value, filter.Value) <= 0,
            "GT" => record => Of(record) is { } value && Compared(kind, value, filter.Value) > 0,
            "GTE" => record => Of(record) is { } value && Compared(kind, value, filter.Value) >= 0,
            "BETWEEN" => record => Of(record) is { } value && Compared(kind, value, filter.Value) >= 0 && Compared(kind, value, filter.HighValue) <= 0,
            "IN" => record => Of(record) is { } value && filter.Values.Any(one => Compared(kind, value, one) == 0),
            "NOT_IN" => record => Of(record) is { } value && !filter.Values.Any(one => Compared(kind, value, one) == 0),
            "CONTAINS_TOKEN" => record => Of(record) is { } value && HasToken(value, filter.Value!),
            _ => record => Of(record) is not { } value || !HasToken(value, filter.Value!),
        };
    }

    private IEnumerable<HubSpotRecord> Candidates(IReadOnlyList<SearchFilter> group)
    {
        var (from, to) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var filter in group)
        {
            if (filter.Operator is "EQ" or "IN")
            {
                IReadOnlyList<string> values = filter.Operator == "EQ" ? [filter.Value!] : filter.Values;
                if (filter.Property == "hs_object_id")
                    return values.Select(table.Find).OfType<HubSpotRecord>();
                if (table.IsUnique(filter.Property))
                    return values.Select(value => table.FindUnique(filter.Property, value)).OfType<HubSpotRecord>();
                if (filter.Property == "domain")
                    return values.SelectMany(table.WithDomain);
            }

            if (filter.Property == table.Type.Modified)
                (from, to) = Narrowed(filter, from, to);
        }

        return from > DateTimeOffset.MinValue || to < DateTimeOffset.MaxValue ? table.ModifiedBetween(from, to) : table.Records.Values;
    }

    private static (DateTimeOffset From, DateTimeOffset To) Narrowed(SearchFilter filter, DateTimeOffset from, DateTimeOffset to)
    {
        var time = filter.Value is { } value ? PropertyValues.Time(value) : null;
        return filter.Operator switch
        {
            "GT" or "GTE" when time > from => (time.Value, to),
            "LT" or "LTE" when time < to => (from, time.Value),
            "EQ" when time is { } exact => (exact, exact),
            "BETWEEN" when time is { } low && PropertyValues.Time(filter.HighValue!) is { } high => (low, high),
            _ => (from, to),
        };
    }

    private static int Compared(string kind, string? left, string? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ when kind == "number" => Number(left).CompareTo(Number(right)),
        _ when kind is "datetime" or "date" => Nullable.Compare(PropertyValues.Time(left), PropertyValues.Time(right)),
        _ => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
    };

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static bool HasToken(string value, string token)
    {
        var wanted = token.Trim('*');
        return token.StartsWith('*') || token.EndsWith('*')
            ? value.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            : value.Split([' ', '@', '.', ',', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Contains(wanted, StringComparer.OrdinalIgnoreCase) || value.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static readonly string[] TextProperties = ["firstname", "lastname", "email", "phone", "company", "name", "domain", "website", "dealname"];

    private static bool HasText(HubSpotRecord record, string text) =>
        Array.Exists(TextProperties, property => record[property]?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
}
