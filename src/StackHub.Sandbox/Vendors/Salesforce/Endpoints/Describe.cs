using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>What an object says about itself.</summary>
internal static class Describe
{
    public static JsonObject Of(SObjectType type)
    {
        var json = Summary(type);
        json["fields"] = type.Fields.Select(JsonNode (field) => Of(type, field)).ToJsonArray();
        json["childRelationships"] = new JsonArray();
        json["recordTypeInfos"] = new JsonArray();
        return json;
    }

    public static JsonObject Summary(SObjectType type) => new()
    {
        ["name"] = type.Name,
        ["label"] = type.Name,
        ["labelPlural"] = type.Name + "s",
        ["keyPrefix"] = type.Prefix,
        ["custom"] = false,
        ["createable"] = !type.IsReadOnly,
        ["updateable"] = !type.IsReadOnly,
        ["deletable"] = !type.IsReadOnly,
        ["queryable"] = true,
        ["replicateable"] = true,
        ["retrieveable"] = true,
        ["searchable"] = true,
        ["undeletable"] = !type.IsReadOnly,
        ["mergeable"] = type.Name is "Account" or "Contact" or "Lead",
        ["urls"] = new JsonObject { ["sobject"] = $"/services/data/v66.0/sobjects/{type.Name}" },
    };

    private static JsonObject Of(SObjectType type, Field field) => new()
    {
        ["name"] = field.Name,
        ["label"] = field.Name.Replace("__c", "", StringComparison.Ordinal).Replace('_', ' '),
        ["type"] = field.TypeName,
        ["length"] = field.Length,
        ["byteLength"] = field.Length * 3,
        ["precision"] = field.IsNumber ? 18 : 0,
        ["scale"] = field.Type is FieldType.Currency or FieldType.Double ? 2 : 0,
        ["createable"] = !field.ReadOnly && !type.IsReadOnly,
        ["updateable"] = !field.ReadOnly && !type.IsReadOnly,
        ["nillable"] = !field.Required && field.Type != FieldType.Boolean,
        ["defaultedOnCreate"] = field.Default is not null || field.Name == "OwnerId",
        ["custom"] = field.IsCustom,
        ["externalId"] = field.ExternalId,
        ["unique"] = field.ExternalId,
        ["idLookup"] = field.ExternalId || field.Type is FieldType.Id or FieldType.Email,
        ["calculated"] = false,
        ["filterable"] = field is not { Type: FieldType.TextArea, Length: > 255 },
        ["sortable"] = true,
        ["restrictedPicklist"] = field.Restricted,
        ["relationshipName"] = field.Relationship,
        ["referenceTo"] = field.ReferenceTo is null ? new JsonArray() : new JsonArray(field.ReferenceTo),
        ["picklistValues"] = field.Values.Select(JsonNode (value) => new JsonObject
        {
            ["active"] = true,
            ["defaultValue"] = Equals(value, field.Default),
            ["label"] = value,
            ["value"] = value,
        }).ToJsonArray(),
        ["soapType"] = field.Type switch
        {
            FieldType.Id or FieldType.Reference => "tns:ID",
            FieldType.Boolean => "xsd:boolean",
            FieldType.Int => "xsd:int",
            FieldType.Date => "xsd:date",
            FieldType.DateTime => "xsd:dateTime",
            _ => field.IsNumber ? "xsd:double" : "xsd:string",
        },
    };
}
