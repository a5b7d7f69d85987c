using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Records and batches in HubSpot's shape.</summary>
internal sealed class ObjectJson(HubSpotSandbox sandbox)
{
    public JsonObject Of(HubSpotRecord record, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string>? withHistory = null)
    {
        var properties = new JsonObject();
        foreach (var name in wanted.Count == 0 ? record.Type.Defaults : record.Type.Defaults.Union(wanted))
        {
            if (!sandbox.State.Table(record.Type).Properties.ContainsKey(name))
                continue;
            var value = record[name];
            if (value is not null || sandbox.Options.MissingPropertiesAsNull)
                properties[name] = value;
        }

        var json = new JsonObject { ["id"] = record.IdText, ["properties"] = properties };
        if (withHistory is { Count: > 0 })
            json["propertiesWithHistory"] = History(record, withHistory);
        (json["createdAt"], json["updatedAt"], json["archived"]) = (PropertyValues.Stamp(record.CreatedAt), PropertyValues.Stamp(record.UpdatedAt), record.IsArchived);
        if (record.ArchivedAt is { } archivedAt)
            json["archivedAt"] = PropertyValues.Stamp(archivedAt);
        return json;
    }

    public static JsonObject? Associations(HubSpotRecord record, IEnumerable<string> wanted)
    {
        var json = new JsonObject();
        foreach (var type in wanted.Select(HubSpotType.Find).OfType<HubSpotType>())
        {
            var results = from pair in record.Associations
                          where pair.Key.Type == type
                          from number in pair.Value
                          let label = AssociationTypes.Find(number)?.Label
                          where label is null or "Primary"
                          select (JsonNode)new JsonObject
                          {
                              ["id"] = pair.Key.Id.ToString(),
                              ["type"] = $"{record.Type.Singular}_to_{type.Singular}{(label is null ? "_unlabeled" : "")}",
                          };
            if (results.ToJsonArray() is { Count: > 0 } found)
                json[type.Plural] = new JsonObject { ["results"] = found };
        }

        return json.Count > 0 ? json : null;
    }

    public Answer Batch(int status, IEnumerable<JsonNode> results, IReadOnlyList<JsonObject> errors)
    {
        var now = PropertyValues.Stamp(sandbox.Clock.Now);
        var json = new JsonObject { ["status"] = "COMPLETE", ["results"] = results.ToJsonArray() };
        if (errors.Count > 0)
        {
            json["numErrors"] = errors.Count;
            json["errors"] = errors.ToJsonArray();
        }

        (json["startedAt"], json["completedAt"]) = (now, now);
        return new(errors.Count > 0 ? 207 : status, json);
    }

    private static JsonObject History(HubSpotRecord record, IEnumerable<string> wanted)
    {
        var json = new JsonObject();
        foreach (var name in wanted)
        {
            if (!record.Properties.TryGetValue(name, out var versions))
                continue;
            json[name] = versions.Select(JsonNode (version) => new JsonObject
            {
                ["value"] = version.Value,
                ["timestamp"] = PropertyValues.Stamp(version.At),
                ["sourceType"] = version.Source.Name,
                ["sourceId"] = version.Source.Id,
            }).ToJsonArray();
        }

        return json;
    }
}
