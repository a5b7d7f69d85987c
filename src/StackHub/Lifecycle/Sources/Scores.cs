using System.Globalization;
using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>A score reached the threshold of the rule in force then. It fires when it is reached, not while it is held.</summary>
public sealed class Scores : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) => writer.File.Record.Links.SelectMany(link => Of(writer, link));

    private static IEnumerable<LifecycleEvent> Of(EventWriter writer, LinkedRecord link)
    {
        var rules = writer.Plan.Score;
        var scores = link.Cell(rules.Field).State.Authored;
        if (scores.IsEmpty)
            yield break;
        var held = false;
        var times = scores.Select(said => said.At).Concat(writer.Timeline.Times(rules.Asked)).Concat(rules.All.Select(rule => rule.From));
        foreach (var at in times.Where(at => at >= scores[0].At && at <= writer.Now).Distinct().Order())
        {
            var said = scores.Last(said => said.At <= at);
            var rule = rules.Qualifying(Number(said.Value), at, () => writer.Timeline.FactsAt(writer.Plan.Fields, at));
            if (rule is not null && !held)
                yield return Event(writer, link, rule, at, said.At);
            held = rule is not null;
        }
    }

    private static LifecycleEvent Event(EventWriter writer, LinkedRecord link, ScoreRule rule, DateTimeOffset at, DateTimeOffset roseAt)
    {
        var reached = writer.Event($"score rule {rule.Version}", EventWriter.CellOf(link.Ref, writer.Plan.Score.Field), writer.Plan.Facts.Qualified, "hub", at, link.Ref.System.Name);
        return reached with { RuleVersion = rule.Version, EngagedAt = reached.EngagedAt ?? roseAt };
    }

    private static decimal? Number(FieldValue value) => decimal.TryParse(value.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
