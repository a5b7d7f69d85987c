using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Calendars;

/// <summary>The blocks of work on each day of the week.</summary>
public sealed class WorkingWeek
{
    private readonly ImmutableArray<WorkingBlock>[] days = [.. Enumerable.Repeat(ImmutableArray<WorkingBlock>.Empty, 8)];

    /// <param name="hours">Days that are not named are free; blocks may come in any order.</param>
    public WorkingWeek(IEnumerable<KeyValuePair<IsoDayOfWeek, IReadOnlyList<WorkingBlock>>> hours)
    {
        foreach (var (day, blocks) in hours)
            days[(int)day] = [.. blocks.OrderBy(block => block.From)];
        if (Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(hours));
    }

    public static readonly WorkingWeek Always = new(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)
        .Select(day => KeyValuePair.Create<IsoDayOfWeek, IReadOnlyList<WorkingBlock>>(day, [new(LocalTime.Midnight, LocalTime.Midnight)])));

    public ImmutableArray<WorkingBlock> this[IsoDayOfWeek day] => days[(int)day];

    /// <summary>The same hours Monday to Friday.</summary>
    public static WorkingWeek Weekdays(params IReadOnlyList<WorkingBlock> blocks) => new(
        Enumerable.Range((int)IsoDayOfWeek.Monday, 5).Select(day => KeyValuePair.Create((IsoDayOfWeek)day, blocks)));

    private IEnumerable<string> Problems()
    {
        if (days.All(day => day.IsEmpty))
            yield return "No day has working hours: name at least one day with one block.";
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
        {
            foreach (var block in this[day].Where(block => !block.IsForward))
                yield return $"{day} {block.From:HH:mm}-{block.Until:HH:mm} ends before it starts: swap the times, or split it at midnight.";
            foreach (var (first, next) in this[day].Zip(this[day].Skip(1)).Where(pair => pair.First.Overlaps(pair.Second)))
                yield return $"{day} {first.From:HH:mm}-{first.Until:HH:mm} overlaps {next.From:HH:mm}-{next.Until:HH:mm}: make them one block.";
        }
    }
}
