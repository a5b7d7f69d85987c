using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>The bulk export of leads: create, enqueue, ask, fetch.</summary>
internal sealed class ExportCalls(MarketoSandbox sandbox)
{
    private readonly Sequence ids = new(0xE000);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/bulk/v1/leads/export/create.json", "leads.exportCreate", Create),
        new("POST", "/bulk/v1/leads/export/{exportId}/enqueue.json", "leads.exportEnqueue", Enqueue),
        Endpoint.Get("/bulk/v1/leads/export/{exportId}/status.json", "leads.exportStatus", Status),
        Endpoint.Get("/bulk/v1/leads/export/{exportId}/file.json", "leads.exportFile", File),
    ];

    private Answer Create(Call call)
    {
        var fields = call.Json.Texts("fields").ToList();
        if (fields.Count == 0 || call.Json.Member("filter") is not { } filter || filter.EnumerateObject().Count() != 1)
            throw sandbox.Answers.Refusal("1003", "An export needs fields and one filter");
        if (fields.FirstOrDefault(field => sandbox.State.Leads.Field(field) is null) is { } unknown)
            throw sandbox.Answers.Refusal("1006", $"Field '{unknown}' not found");
        var export = new MarketoExport(ids.NextGuid().ToString(), fields, Selected(filter), sandbox.State.Now);
        sandbox.State.Exports[export.Id] = export;
        return Answered(export);
    }

    private Func<IEnumerable<MarketoRow>> Selected(JsonElement filter)
    {
        var leads = sandbox.State.Leads.Rows.Values;
        if (filter.Member("smartListId") is { } list)
            return sandbox.Options.SmartList is { } all && list.GetInt32() == all ? () => leads : throw sandbox.Answers.Refusal("1035", "Unsupported filter type for target subscription");
        if (filter.Member("createdAt") is not { } range)
            throw sandbox.Answers.Refusal("1035", "Unsupported filter type for target subscription");
        var (from, to) = (Time(range.Text("startAt")), Time(range.Text("endAt")));
        if (to - from > TimeSpan.FromDays(31) || to < from)
            throw sandbox.Answers.Refusal("1003", "createdAt date range must be 31 days or fewer");
        return () => leads.Where(lead => lead.CreatedAt >= from && lead.CreatedAt <= to);
    }

    private DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw sandbox.Answers.Refusal("1003", "Invalid datetime");

    private Answer Enqueue(Call call)
    {
        var export = Export(call);
        if (sandbox.State.Exports.Values.Count(other => other.IsWaiting) >= sandbox.Options.QueuedExports)
            throw sandbox.Answers.Refusal("1029", "Too many jobs in queue");
        if (export.Status != "Created")
            throw sandbox.Answers.Refusal("1003", $"Cannot enqueue a job that is {export.Status}");
        export.Status = "Queued";
        return Answered(export);
    }

    private Answer Status(Call call)
    {
        var export = Export(call);
        var answer = Answered(export);
        if (export.IsWaiting && ++export.Asked % sandbox.Options.AsksPerExportStep == 0)
        {
            export.Status = export.Status == "Queued" ? "Processing" : "Completed";
            if (export.Status == "Completed")
                Complete(export);
        }

        return answer;
    }

    private Answer File(Call call)
    {
        var export = Export(call);
        if (export.File is not { } file)
            throw sandbox.Answers.Refusal("1003", $"Export {export.Id} is not completed");
        call.Records = export.Records;
        return new(200) { Text = file, ContentType = "text/csv" };
    }

    private static void Complete(MarketoExport export)
    {
        var rows = export.Select();
        var csv = new StringBuilder().AppendJoin(',', export.Fields).Append('\n');
        foreach (var row in rows)
            csv.AppendJoin(',', export.Fields.Select(field => Cell(row.Text(field)))).Append('\n');
        (export.File, export.Records) = (csv.ToString(), rows.Count);
    }

    /// <summary>A field without a value is the bare word null.</summary>
    private static string Cell(string? text) =>
        text is null ? "null" : text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text == "null" ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private MarketoExport Export(Call call) =>
        sandbox.State.Exports.GetValueOrDefault(call.Route("exportId")) is { } export && sandbox.State.Now - export.CreatedAt < sandbox.Options.ExportLife
            ? export
            : throw sandbox.Answers.Refusal("1013", "Export job not found");

    private Answer Answered(MarketoExport export)
    {
        var json = new JsonObject { ["exportId"] = export.Id, ["format"] = "CSV", ["status"] = export.Status, ["createdAt"] = MarketoRow.Time(export.CreatedAt) };
        if (export.File is { } file)
        {
            json["numberOfRecords"] = export.Records;
            json["fileSize"] = Encoding.UTF8.GetByteCount(file);
        }

        return sandbox.Answers.Success(new JsonArray(json));
    }
}
