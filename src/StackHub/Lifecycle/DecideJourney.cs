using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Service;
using StackHub.Lifecycle.Sources;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Lifecycle;

/// <summary>All that a decision about one person rests on.</summary>
/// <param name="Files">The person's own, then those of whoever was merged into them.</param>
/// <param name="HasRole">In an opportunity, open or won, as it is now.</param>
public sealed record JourneyCase(RecordId Person, JourneyHead Before, ImmutableArray<PersonFile> Files, bool HasRole, bool IsErased)
{
    /// <summary>The account they belong to as it is known now: it places them, and moves no stage.</summary>
    public RecordId? Account { get; init; }

    public AccountSource AccountSource { get; init; }

    public override string ToString() => $"case of {Person}";
}

/// <param name="News">Revisions that are not in the ledgers yet.</param>
/// <param name="Head">What follows from them all; the one before when nothing new does.</param>
public sealed record JourneyDecision(ImmutableArray<LifecycleEvent> News, JourneyHead Head);

/// <summary>What the hub comes to know of a person, and where that puts them. Pure.</summary>
public static class DecideJourney
{
    private const string Privacy = "privacy";

    public static JourneyDecision Of(LifecyclePlan plan, JourneyCase subject, FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> definitions, Horizon horizon, Func<RecordId, RecordId> follow, DateTimeOffset now)
    {
        ImmutableArray<LifecycleEvent> news = [.. subject.IsErased ? Erasure(plan, subject, now) : subject.Files.SelectMany(file => Revisions.Of(file, new(plan, file, definitions, now), horizon, now))];
        LifecycleEvent[] all = [.. subject.Files.SelectMany(file => file.Stored), .. news];
        var events = JourneyFold.Known(all).ToFrozenDictionary(said => said.Id, StringComparer.Ordinal);
        var journeys = JourneyFold.Of(plan.Machine, events.Values, follow: follow);
        var standing = Stands(journeys, subject);
        var clocks = subject.IsErased ? [] : ServiceClocks.Of(plan, journeys, events, Touches(plan, subject), subject.Files.SelectMany(file => DealStanding.Of(plan, file)), subject.Before.Clocks, now);
        var head = new JourneyHead(0, Digest(all), journeys, standing, Fields(standing, clocks), default)
        {
            Clocks = clocks,
            IsErased = subject.IsErased,
            Unmapped = [.. events.Values.Where(said => plan.Machine.Find(said.Stage) is null).Select(said => $"{said.Source}|{said.Stage}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return new(news, Next(subject.Before, head, now));
    }

    private static JourneyHead Next(JourneyHead before, JourneyHead head, DateTimeOffset now)
    {
        if (LifecycleLedger.AreSame(before, head))
            return before;
        var least = before.DecidedAt.AddMilliseconds(1);
        return head with { Version = before.Version + 1, DecidedAt = head.Fields.SequenceEqual(before.Fields) ? before.DecidedAt : now > least ? now : least };
    }

    /// <summary>Nothing is read of the person any more; that they were erased is all that is added.</summary>
    private static IEnumerable<LifecycleEvent> Erasure(LifecyclePlan plan, JourneyCase subject, DateTimeOffset now) =>
        from file in subject.Files
        where file.Stored.All(said => said.Source != Privacy)
        from journey in JourneyFold.Of(plan.Machine, file.Stored).Select(journey => (journey.Motion, journey.Account)).DefaultIfEmpty((Motion.New, null))
        select new LifecycleEvent(journey.Motion == Motion.New && journey.Account is null ? plan.Facts.Erased : $"{plan.Facts.Erased}-{journey.Motion.Kind}-{journey.Account}", file.Person, plan.Facts.Erased, Privacy, now, now)
        {
            Source = Privacy,
            Motion = journey.Motion,
            Account = journey.Account,
        };

    private static Standing? Stands(ImmutableArray<Journey> journeys, JourneyCase subject)
    {
        var telling = journeys.Where(journey => journey.Motion == Motion.New).DefaultIfEmpty(journeys.FirstOrDefault())
            .OrderBy(journey => journey?.Cycles[^1].Since).ThenBy(journey => journey?.Account?.ToString(), StringComparer.Ordinal).Last();
        return telling is null ? null : new(telling.Current, telling.HighWater, telling.Cycles[^1].Since, telling.Account ?? subject.Account, subject.HasRole) { AccountSource = telling.Account is null ? subject.AccountSource : AccountSource.Said };
    }

    private static ImmutableSortedDictionary<string, string?> Fields(Standing? standing, ImmutableArray<SlaClock> clocks)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        if (standing is null)
            return fields.ToImmutable();
        fields[StageFields.Current] = standing.Stage;
        fields[StageFields.HighWater] = standing.HighWater;
        fields[StageFields.DueAt] = clocks.Where(clock => clock is { IsRunning: true, Kind: not ClockKind.Ageing }).Select(clock => (DateTimeOffset?)clock.DueAt).Min() is { } due ? CanonicalText.Of(FieldType.Instant, due.ToString("O", CultureInfo.InvariantCulture))?.Text : null;
        fields[StageFields.Breach] = clocks.Where(clock => clock is { IsBroken: true, Kind: not ClockKind.Ageing }).OrderBy(clock => clock.DueAt).ThenBy(clock => clock.Kind).Select(clock => string.Create(CultureInfo.InvariantCulture, $"{clock.What} since {clock.DueAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")).FirstOrDefault();
        return fields.ToImmutable();
    }

    private static DateTimeOffset[] Touches(LifecyclePlan plan, JourneyCase subject) => plan.Touch is not { } field ? [] :
    [
        .. from file in subject.Files
           from link in file.Record.Links
           from said in link.Cell(field).State.Authored
           let at = EventWriter.TimeOf(said.Value.Text)
           where at is not null
           select at.Value,
    ];

    private static string Digest(LifecycleEvent[] all)
    {
        if (all.Length == 0)
            return JourneyHead.None.Digest;
        var ids = string.Join('\n', all.Select(said => $"{said.Person} {said.Id} {said.Revision}").Distinct().Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)).AsSpan(0, 12));
    }
}
