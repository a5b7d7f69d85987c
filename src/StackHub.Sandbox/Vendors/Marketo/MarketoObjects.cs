using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>Companies and opportunities: records with an outside key, without activities of their own.</summary>
internal sealed class MarketoObjects(MarketoState state, MarketoOptions options, MarketoAnswers answers)
{
    public static string KeyOf(MarketoTable table) => table.Name == "companies" ? "externalCompanyId" : "externalOpportunityId";

    public static string IdOf(MarketoTable table) => table.Name == "companies" ? "id" : "marketoGUID";

    public JsonObject Sync(MarketoTable table, string action, string dedupeBy, JsonElement input)
    {
        if (Problem(table, input) is { } problem)
            return problem;
        var field = dedupeBy == "idField" ? IdOf(table) : KeyOf(table);
        if (input.Member(field)?.AsText() is not { Length: > 0 } value)
            return MarketoAnswers.Skipped("1003", $"Value for field '{field}' is missing");
        var found = table.With(field, value).FirstOrDefault();
        return (found, action) switch
        {
            (null, "updateOnly") => MarketoAnswers.Skipped("1013", "Record not found"),
            (null, _) => Line(table, Create(table, input), "created"),
            (_, "createOnly") => MarketoAnswers.Skipped("1005", "Record already exists"),
            _ => Line(table, Update(table, found, input), "updated"),
        };
    }

    public JsonObject Delete(MarketoTable table, string deleteBy, JsonElement input)
    {
        var field = deleteBy == "idField" ? IdOf(table) : KeyOf(table);
        if (input.Member(field)?.AsText() is not { } value || table.With(field, value).FirstOrDefault() is not { } row)
            return MarketoAnswers.Skipped("1013", "Record not found");
        Delete(table, row);
        return Line(table, row, "deleted");
    }

    public void Delete(MarketoTable table, MarketoRow row)
    {
        table.Lift(row);
        if (table.Name != "companies" || row.Text("externalCompanyId") is not { } key)
            return;
        foreach (var lead in state.Leads.With("externalCompanyId", key).ToList())
        {
            state.Leads.Lift(lead);
            lead["externalCompanyId"] = null;
            state.Leads.Enter(lead);
        }
    }

    public MarketoRow Create(MarketoTable table, JsonElement input)
    {
        var row = table.New(state.Now);
        row.VisibleFrom = state.Visible;
        return Filled(table, row, input);
    }

    public MarketoRow Update(MarketoTable table, MarketoRow row, JsonElement input)
    {
        table.Lift(row);
        row.UpdatedAt = state.Now;
        return Filled(table, row, input);
    }

    /// <summary>With a native CRM sync these objects belong to the CRM.</summary>
    public void RefuseCrm()
    {
        if (options.CrmEnabled)
            throw answers.Refusal("1018", "CRM Enabled");
    }

    private static MarketoRow Filled(MarketoTable table, MarketoRow row, JsonElement input)
    {
        foreach (var member in input.EnumerateObject().Where(member => table.Field(member.Name) is { IsUpdateable: true }))
            row[member.Name] = MarketoField.Stored(member.Value);
        table.Enter(row);
        return row;
    }

    private JsonObject? Problem(MarketoTable table, JsonElement input)
    {
        foreach (var member in input.EnumerateObject())
        {
            var field = table.Field(member.Name)!;
            if (field.IsUpdateable && !field.Fits(member.Value))
                return MarketoAnswers.Skipped("1001", $"Invalid value for field '{field.Name}'. Required of type '{field.DataType}'");
            if (field.IsText && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Length > options.LongestText)
                return MarketoAnswers.Skipped("1003", $"Value for field '{field.Name}' is too long");
        }

        return null;
    }

    private static JsonObject Line(MarketoTable table, MarketoRow row, string status) =>
        new() { [IdOf(table)] = row.Json(IdOf(table)), ["status"] = status };
}
