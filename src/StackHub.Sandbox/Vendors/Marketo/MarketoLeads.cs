using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>Every way a lead changes, with Marketo's rules and the activities that follow.</summary>
internal sealed class MarketoLeads(MarketoState state, MarketoOptions options)
{
    private MarketoTable Table => state.Leads;

    /// <summary>One record of a sync call: its line of the result.</summary>
    public JsonObject Sync(string action, string lookup, JsonElement input)
    {
        if (Problem(input) is { } problem)
            return problem;
        if (action == "createDuplicate")
            return Status(Create(input), "created");
        if (input.Member(lookup)?.AsText() is not { Length: > 0 } value)
            return MarketoAnswers.Skipped("1002", $"Missing value for required parameter '{lookup}'");
        var found = Table.With(lookup, value).ToList();
        return (found.Count, action) switch
        {
            (0, "updateOnly") => MarketoAnswers.Skipped("1004", "Lead not found"),
            (0, _) when lookup == "id" => MarketoAnswers.Skipped("1004", "Lead not found"),
            (0, _) => Status(Create(input), "created"),
            ( > 0, "createOnly") => MarketoAnswers.Skipped("1005", "Lead already exists"),
            (1, _) => Status(Update(found[0], input), "updated"),
            _ => MarketoAnswers.Skipped("1007", "Multiple lead match lookup criteria"),
        };
    }

    public MarketoRow Create(JsonElement input)
    {
        var lead = Table.New(state.Now);
        lead.VisibleFrom = state.Visible;
        foreach (var member in input.EnumerateObject().Where(member => member.Name != "id"))
            lead[member.Name] = MarketoField.Stored(member.Value);
        Table.Enter(lead);
        state.Activities.Add(state.Log(MarketoActivity.NewLead, lead.Id));
        return lead;
    }

    public MarketoRow Update(MarketoRow lead, JsonElement input)
    {
        Table.Lift(lead);
        foreach (var member in input.EnumerateObject().Where(member => member.Name != "id"))
            Set(lead, member.Name, MarketoField.Stored(member.Value));
        Table.Enter(lead);
        if (options.UnsubscribeFollowsAddress && input.Flag("unsubscribed") is { } optedOut)
            Follow(lead, optedOut);
        return lead;
    }

    public void Delete(MarketoRow lead)
    {
        Table.Lift(lead);
        state.Activities.Add(state.Log(MarketoActivity.DeleteLead, lead.Id));
    }

    /// <summary>The losers' values fill the winner's blanks, and the losers are gone.</summary>
    public void Merge(MarketoRow winner, IReadOnlyList<MarketoRow> losers)
    {
        Table.Lift(winner);
        foreach (var loser in losers)
        {
            Table.Lift(loser);
            foreach (var field in loser.Filled.Where(field => winner[field] is null))
                Set(winner, field, loser[field]);
            if (options.MergedLeadsAreDeleted)
                state.Activities.Add(state.Log(MarketoActivity.DeleteLead, loser.Id));
        }

        Table.Enter(winner);
        state.Activities.Add(state.Log(MarketoActivity.MergeLeads, winner.Id) with { Losers = [.. losers.Select(loser => loser.Id)] });
    }

    private void Follow(MarketoRow lead, bool optedOut)
    {
        if (lead.Text("email") is not { } email)
            return;
        foreach (var other in Table.With("email", email).Where(other => other != lead))
            Set(other, "unsubscribed", JsonValue.Create(optedOut));
    }

    private void Set(MarketoRow lead, string field, JsonValue? value)
    {
        var old = lead.Text(field);
        if (old == value?.ToString())
            return;
        lead[field] = value;
        if (options.CustomFieldsMoveUpdatedAt || Table.Field(field) is not { IsCustom: true })
            lead.UpdatedAt = state.Now;
        state.Activities.Add(state.Log(MarketoActivity.ChangeDataValue, lead.Id) with { Field = field, Old = old, New = value?.ToString() });
    }

    private JsonObject? Problem(JsonElement input)
    {
        foreach (var member in input.EnumerateObject())
        {
            var field = Table.Field(member.Name)!;
            if (!field.IsUpdateable && field.Name != "id")
                return MarketoAnswers.Skipped("1003", $"Field '{field.Name}' is not updateable");
            if (field.Name != "id" && !field.Fits(member.Value))
                return MarketoAnswers.Skipped("1001", $"Invalid value for field '{field.Name}'. Required of type '{field.DataType}'");
            if (field.IsText && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Length > options.LongestText)
                return MarketoAnswers.Skipped("1003", $"Value for field '{field.Name}' is too long");
            if (field.DataType == "email" && member.Value.ValueKind == JsonValueKind.String && !IsAddress(member.Value.GetString()!))
                return MarketoAnswers.Skipped("1003", $"Invalid value for field '{field.Name}'");
        }

        return null;
    }

    private static bool IsAddress(string text) =>
        text.Length == 0 || (text.Contains('@', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) && !text.Contains(',', StringComparison.Ordinal));

    private static JsonObject Status(MarketoRow lead, string status) => new() { ["id"] = lead.Id, ["status"] = status };
}
