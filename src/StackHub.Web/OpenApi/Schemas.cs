using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using StackHub.Records;

namespace StackHub.Web.OpenApi;

/// <summary>What schemas made from types get wrong: ids are text, and what may be null is left out where it is.</summary>
internal static class Schemas
{
    public static void Describe(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (IsId(type.Type))
            DescribeId(schema, type.Type);
        if (type.ElementType is { } element && IsId(element))
            DescribeId((OpenApiSchema)(schema.Items = new OpenApiSchema()), element);
        foreach (var property in type.Properties)
            if (property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null)
                schema.Required?.Remove(property.Name);
    }

    private static bool IsId(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var id && (id == typeof(RecordId) || id == typeof(SystemId) || id == typeof(ExternalRef));

    private static void DescribeId(OpenApiSchema schema, Type type)
    {
        var absent = Nullable.GetUnderlyingType(type);
        schema.Type = absent is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if ((absent ?? type) == typeof(RecordId))
            schema.Pattern = "^[0-9a-f]{32}$";
    }
}
