using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Machine;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>
/// Where a system speaks of stages its words are put in the place of the connector's own options, and the stage it is given is written to
/// where it speaks. A word nobody mapped is not written over.
/// </summary>
internal static class StageMaps
{
    public static SystemDraft Of(LifecyclePlan? plan, SystemDraft draft) =>
        plan?.Speakers.GetValueOrDefault(draft.Id) is { SpeaksOfAccounts: false } speaker
            ? draft with { Maps = [.. draft.Maps.Select(map => map.Kind == RecordKind.Person ? Of(plan, speaker, map) : map)] }
            : draft;

    /// <summary>What the systems' maps do not allow, or probably do not mean.</summary>
    public static void Check(LifecyclePlan? plan, SystemDraft[] drafts, Section file)
    {
        foreach (var draft in drafts)
            if (plan?.Speakers.GetValueOrDefault(draft.Id) is { } speaker)
                Check(speaker, draft, file);
    }

    private static void Check(StageSpeaker speaker, SystemDraft draft, Section file)
    {
        var (place, path) = (file.PlaceOf(FileFormat.Lifecycle), $"{FileFormat.Lifecycle.Name}.systems.{draft.Id}");
        var kind = speaker.SpeaksOfAccounts ? RecordKind.Account : RecordKind.Person;
        var spoken = draft.Maps.Where(map => map.Kind == kind).SelectMany(map => map.Fields).Where(field => field.Field == speaker.OwnField).ToArray();
        if (spoken.Length == 0)
            file.Problems.Warn(place, path, $"{Shown.Of(draft.Id.Name)} does not read {Shown.Of(speaker.Field)}, in which it is to speak of stages.", "Map the field there, or name another one.");
        else if (speaker.ProjectedField is { } projected && projected != speaker.Field && spoken.All(field => !field.Direction.HasFlag(MapDirection.Out)))
            file.Problems.Add(place, path, $"{Shown.Of(draft.Id.Name)} is to be given a stage where it speaks, in {Shown.Of(speaker.Field)}, which is only read there.", "Set direction: both on that field of the object, or project: none.");
    }

    private static ObjectMap Of(LifecyclePlan plan, StageSpeaker speaker, ObjectMap map)
    {
        if (map.Fields.FirstOrDefault(field => field.Field == speaker.Field) is not { } spoken)
            return map;
        var heard = spoken with { Direction = MapDirection.In, Options = [], Aliases = Aliases(plan, speaker, spoken) };
        var fields = map.Fields.Replace(spoken, heard);
        if (speaker.ProjectedField is not { } projected || !spoken.Direction.HasFlag(MapDirection.Out))
            return map with { Fields = fields };
        var given = heard with { Field = projected, Direction = MapDirection.Both, Options = Options(plan.Machine, speaker, spoken), KnownOptionsOnly = true, KeepsUnmapped = true };
        return map with { Fields = [.. fields.Where(field => field.Field != projected), given] };
    }

    private static ImmutableDictionary<string, string> Aliases(LifecyclePlan plan, StageSpeaker speaker, FieldMap spoken) =>
        spoken.Options.Where(option => plan.Machine.Find(option.Key) is not null).GroupBy(option => option.Value, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(group => group.Key, group => group.First().Key, StringComparer.OrdinalIgnoreCase)
            .SetItems(speaker.Words.Reverse());

    /// <summary>Each stage in the system's own word; one that it has no word for in that of the nearest stage before it on the path.</summary>
    private static ImmutableDictionary<string, string> Options(LifecycleMachine machine, StageSpeaker speaker, FieldMap spoken)
    {
        var options = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        string? before = null;
        foreach (var stage in machine.Path.Concat(machine.Stages.Where(stage => stage.Order is null)))
        {
            var own = speaker.Words.Where(word => word.Value == stage.Name).Select(word => word.Key).FirstOrDefault()
                ?? spoken.Options.GetValueOrDefault(stage.Name)
                ?? (spoken.Options.IsEmpty ? stage.Name : null); // a tool without a list takes every text
            if ((own ?? (stage.Order is null ? null : before)) is { } word)
                options[stage.Name] = word;
            before = own ?? before;
        }

        return options.ToImmutable();
    }
}
