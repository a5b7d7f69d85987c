using Microsoft.OpenApi;
using StackHub.Records;

namespace StackHub.Web.OpenApi;

/// <summary>Ids are text, which their types do not show.</summary>
internal static class IdSchemas
{
    public static void Describe(OpenApiSchema schema, Type type)
    {
        var absent = Nullable.GetUnderlyingType(type);
        var id = absent ?? type;
        if (id != typeof(RecordId) && id != typeof(SystemId) && id != typeof(ExternalRef))
            return;
        schema.Type = absent is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (id == typeof(RecordId))
            schema.Pattern = "^[0-9a-f]{32}$";
        else if (id == typeof(ExternalRef))
            schema.Description ??= "A vendor's record, as \"system/type/id\".";
    }
}
