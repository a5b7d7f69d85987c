using System.Text.Json;
using StackHub.Sandbox.Vendors.Salesforce.Schema;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Turns a JSON record into fields and values, refusing what Salesforce's parser refuses.</summary>
internal sealed class RecordReader(SalesforceState state)
{
    /// <summary>Fields of the record, without its attributes and without the members named.</summary>
    public Dictionary<Field, object?> Read(SObjectType type, JsonElement json, params ReadOnlySpan<string> except)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new SalesforceError("JSON_PARSER_ERROR", "Unexpected content where a record is expected at [line:1, column:1]").Refusal();
        var fields = new Dictionary<Field, object?>();
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("attributes") || IsIn(except, member.Name))
                continue;
            if (type.Find(member.Name) is { } field)
                fields[field] = FieldValues.Parse(field, member.Value);
            else if (type.Relationships.TryGetValue(member.Name, out var lookup) && member.Value.ValueKind == JsonValueKind.Object)
                fields[lookup] = Related(lookup, member.Value);
            else
                throw new SalesforceError("INVALID_FIELD", $"No such column '{member.Name}' on sobject of type {type.Name}").Refusal();
        }

        return fields;
    }

    /// <summary>The id of a parent that is named by its external id, as in "Account": {"StackHub_Id__c": "a-1"}.</summary>
    private string Related(Field lookup, JsonElement json)
    {
        var table = state.Table(lookup.ReferenceTo!)!;
        foreach (var member in json.EnumerateObject().Where(member => !member.NameEquals("attributes")))
        {
            if (table.Type.Find(member.Name) is not { ExternalId: true } key)
                throw new SalesforceError("INVALID_FIELD", $"{member.Name} is not an External ID field for sobject of type {table.Type.Name}").Refusal();
            var value = member.Value.GetString() ?? "";
            return table.With(table.Type.Ordinal(key.Name), value).FirstOrDefault(row => !row.IsDeleted)?.Id
                ?? throw new RecordRefused("INVALID_FIELD", $"Foreign key external ID: {value} not found for field {key.Name} in entity {table.Type.Name}");
        }

        throw new SalesforceError("INVALID_FIELD", $"Relationship {lookup.Relationship} names no field").Refusal();
    }

    private static bool IsIn(ReadOnlySpan<string> names, string name)
    {
        foreach (var other in names)
        {
            if (other.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
