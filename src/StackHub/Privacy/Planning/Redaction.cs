using StackHub.Configuration;
using StackHub.Mapping;

namespace StackHub.Privacy.Planning;

/// <summary>What is emptied of a record that cannot be erased: every field of the person that the hub may write there, but not what they refused.</summary>
public static class Redaction
{
    public static IReadOnlyList<Correction> Of(SystemModel system, string objectType, HubModel model) => system.Maps.GetValueOrDefault(objectType) is not { } map ? [] :
    [
        .. map.Fields.Where(field => field.Map.Direction.HasFlag(MapDirection.Out) && !field.IsReference && field.Map.Field != FieldDefinition.HubId && field.Map.Field != "emailOptOut" && !model.Purposes.IsFlag(field.Map.Field))
            .Select(field => field.Map.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(field => new Correction(field, null)),
    ];
}
