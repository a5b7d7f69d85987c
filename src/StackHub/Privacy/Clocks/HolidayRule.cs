using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace StackHub.Privacy.Clocks;

/// <summary>When a holiday is, year by year; written as calendars.yaml explains.</summary>
public sealed partial record HolidayRule(Func<int, DateOnly> Day)
{
    /// <summary>On a weekend it moves to the next weekday that is free of holidays.</summary>
    public bool Substituted { get; private init; }

    public int FirstYear { get; private init; } = int.MinValue;

    public int LastYear { get; private init; } = int.MaxValue;

    private ImmutableDictionary<DayOfWeek, int> Moves { get; init; } = ImmutableDictionary<DayOfWeek, int>.Empty;

    /// <summary>Throws <see cref="FormatException"/> that says how a rule is written.</summary>
    public static HolidayRule Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            throw new FormatException($"Holiday '{text}': write MM-DD, easter+N or WEEKDAY from MM-DD, then substitute, sunday+1, since YYYY or until YYYY.");
        return match.Groups["more"].Captures.Aggregate(new HolidayRule(DayOf(match)), (rule, more) => rule.With(more.Value));
    }

    /// <summary>Null in a year in which it is not kept.</summary>
    public DateOnly? In(int year)
    {
        if (year < FirstYear || year > LastYear)
            return null;
        var day = Day(year);
        return Moves.TryGetValue(day.DayOfWeek, out var days) ? day.AddDays(days) : day;
    }

    private static Func<int, DateOnly> DayOf(Match match)
    {
        if (match.Groups["easter"] is { Success: true } easter)
            return year => Easter.In(year).AddDays(Number(easter.Value));
        var (month, day) = (Number(match.Groups["month"].Value), Number(match.Groups["day"].Value));
        if (match.Groups["weekday"] is not { Success: true } name)
            return year => new(year, month, day);
        var weekday = Weekday(name.Value);
        DayOfWeek? unless = match.Groups["unless"] is { Success: true } stays ? Weekday(stays.Value) : null;
        return year => new DateOnly(year, month, day) is var first && first.DayOfWeek == unless ? first : first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7);
    }

    private HolidayRule With(string more) => more.Trim().Split(' ') switch
    {
        ["substitute"] => this with { Substituted = true },
        ["since", var year] => this with { FirstYear = Number(year) },
        ["until", var year] => this with { LastYear = Number(year) },
        [var move] => this with { Moves = Moves.SetItem(Weekday(move[..^2]), Number(move[^2..])) },
        _ => throw new FormatException($"'{more}' is no part of a holiday's rule."),
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static DayOfWeek Weekday(string name) => Enum.Parse<DayOfWeek>(name, ignoreCase: true);

    [GeneratedRegex(@"^(?:easter(?<easter>[+-]\d{1,3})|(?:(?<weekday>[a-z]+day) from )?(?<month>\d\d)-(?<day>\d\d)(?: unless (?<unless>[a-z]+day))?)(?<more> substitute| (?:sunday|saturday)[+-]\d| since \d{4}| until \d{4})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
