using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>The rows of a job: what became of each record, one bad record failing alone.</summary>
internal sealed class ZendeskRows(ZendeskOptions options)
{
    /// <param name="write">Writes one record; its id, and whether it was created.</param>
    public JsonArray Of(IReadOnlyList<JsonElement> records, string action, Func<JsonElement, (long Id, bool Created)> write)
    {
        var rows = new JsonArray();
        for (var index = 0; index < records.Count; index++)
            rows.Add(Row(records[index], index, action, write));
        return rows;
    }

    private JsonObject Row(JsonElement record, int index, string action, Func<JsonElement, (long Id, bool Created)> write)
    {
        try
        {
            var (id, created) = write(record);
            return created ? Created(record, index, id) : Done(index, id, action);
        }
        catch (RecordInvalid problem)
        {
            return Failed(record, index, action, "RecordInvalid", problem.Message);
        }
        catch (VendorRefusal refusal)
        {
            return Failed(record, index, action, refusal.Answer.Json?["error"]?.ToString() ?? "Error", refusal.Answer.Json?["description"]?.ToString() ?? "");
        }
    }

    private JsonObject Created(JsonElement record, int index, long id)
    {
        var row = new JsonObject { ["index"] = index, ["id"] = id, ["status"] = "Created" };
        if (options.AsDescribed)
            return row;
        (row["action"], row["success"], row["external_id"]) = ("create", true, record.Text("external_id"));
        return row;
    }

    private JsonObject Done(int index, long id, string action)
    {
        var row = new JsonObject { ["id"] = id, ["action"] = action, ["status"] = action == "delete" ? "Deleted" : "Updated", ["success"] = true };
        if (!options.AsDescribed)
            row["index"] = index;
        return row;
    }

    /// <summary>The file wants an id even where nothing was created; what is seen in practice has the index instead.</summary>
    private JsonObject Failed(JsonElement record, int index, string action, string error, string details)
    {
        var known = record.ValueKind == JsonValueKind.Number ? record.GetInt64() : record.Member("id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : (long?)null;
        var row = new JsonObject { ["action"] = action, ["success"] = false, ["error"] = error, ["details"] = details };
        if (options.AsDescribed || known is not null)
            row["id"] = known ?? 0;
        if (!options.AsDescribed)
            row["index"] = index;
        return row;
    }
}
