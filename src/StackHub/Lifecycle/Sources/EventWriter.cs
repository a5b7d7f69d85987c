using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Lifecycle.Journeys;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Rules;

namespace StackHub.Lifecycle.Sources;

/// <summary>Makes events of a person, each with what held at its moment.</summary>
public sealed class EventWriter
{
    private readonly CompiledCondition? suppressed;

    public EventWriter(LifecyclePlan plan, PersonFile file, FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> definitions, DateTimeOffset now)
    {
        (Plan, File, Timeline, Now) = (plan, file, new(file, definitions), now);
        suppressed = plan.Suppressed is { } condition ? CompiledCondition.Of(condition, plan.Fields) : null;
    }

    public LifecyclePlan Plan { get; }

    public PersonFile File { get; }

    public Timeline Timeline { get; }

    /// <summary>A rule that comes into force later qualifies nobody yet.</summary>
    public DateTimeOffset Now { get; }

    /// <param name="id">What tells the event from others of the person, besides its time.</param>
    public LifecycleEvent Event(string source, string? cell, string stage, string authority, DateTimeOffset at, params IEnumerable<string> id) =>
        new(IdOf([source, .. id, at.UtcTicks.ToString(CultureInfo.InvariantCulture)]), File.Person, stage, authority, at, default)
        {
            Source = source,
            Cell = cell,
            Account = RecordId.TryParse(Timeline.At("account", at)),
            Motion = MotionAt(at),
            EngagedAt = Plan.Engagement is { } engagement ? TimeOf(Timeline.At(engagement, at)) : null,
            Suppressed = suppressed is not null && suppressed.FirstFailed(Timeline.FactsAt(Plan.Fields, at)) is null,
        };

    public static string CellOf(ExternalRef link, string field) => $"{link}:{field}";

    public static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private Motion MotionAt(DateTimeOffset at) => Plan.Interest is { } interest && Plan.Owned is { } owned
        ? Motion.Of(Timeline.At(interest, at), CanonicalText.Split(Timeline.At(owned, at)))
        : Motion.New;

    /// <summary>Safe in keys of tables, and without any value in the clear.</summary>
    private static string IdOf(IEnumerable<string> parts) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 15));
}
