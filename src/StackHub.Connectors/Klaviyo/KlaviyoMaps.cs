using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>The field map a Klaviyo system has unless its configuration says otherwise.</summary>
internal static class KlaviyoMaps
{
    public static ImmutableArray<ObjectMap> Default { get; } =
    [
        new(KlaviyoFields.Profiles, RecordKind.Person,
        [
            new("email", KlaviyoFields.Email) { Type = FieldType.Email },
            new("firstName", "first_name"),
            new("lastName", "last_name"),
            new("phone", KlaviyoFields.Phone) { Type = FieldType.Phone },
            new("title", "title"),
            new("company", "organization"),
            new("street", "location.address1"),
            new("city", "location.city"),
            new("state", "location.region"),
            new("postalCode", "location.zip"),
            new("country", "location.country"),
            new("lifecycleStage", "properties.lifecycle_stage"),
            new("leadScore", "properties.lead_score") { Type = FieldType.Number },
            new("emailOptOut", KlaviyoFields.OptOut) { Type = FieldType.Boolean },
        ]),
    ];
}
