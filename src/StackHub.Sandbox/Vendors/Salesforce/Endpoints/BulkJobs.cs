using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>Bulk API 2.0 ingest jobs: CSV in, results as CSV out.</summary>
internal sealed class BulkJobs(SalesforceSandbox sandbox)
{
    private const string Root = SalesforceSandbox.Data + "jobs/ingest";
    private static readonly string[] Operations = ["insert", "update", "upsert", "delete", "hardDelete"];

    private readonly Dictionary<string, Job> jobs = [];
    private readonly Sequence numbers = new();

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post(Root, "bulk.createJob", Create),
        Endpoint.Get(Root, "bulk.listJobs", _ => Answer.Ok(new JsonObject { ["done"] = true, ["records"] = jobs.Values.Select(JsonNode (job) => Json(job)).ToJsonArray() })),
        Endpoint.Put(Root + "/{job}/batches", "bulk.upload", Upload) with { BodyType = "text/csv" },
        Endpoint.Patch(Root + "/{job}", "bulk.close", Close),
        Endpoint.Get(Root + "/{job}", "bulk.status", call => Answer.Ok(Json(Find(call)))),
        Endpoint.Delete(Root + "/{job}", "bulk.deleteJob", Remove),
        Endpoint.Get(Root + "/{job}/successfulResults", "bulk.successful", call => Results(Find(call), isSuccess: true)),
        Endpoint.Get(Root + "/{job}/failedResults", "bulk.failed", call => Results(Find(call), isSuccess: false)),
        Endpoint.Get(Root + "/{job}/unprocessedrecords", "bulk.unprocessed", call => Unprocessed(Find(call))),
    ];

    private sealed record Line(string[] Cells, string? Id, bool IsCreated, SalesforceError? Error);

    private sealed record Job(string Id, SObjectType Type, string Operation, string? Key, DateTimeOffset Created)
    {
        public string State { get; set; } = "Open";

        public string[] Header { get; set; } = [];

        public List<string[]> Rows { get; set; } = [];

        public List<Line> Lines { get; } = [];

        public DateTimeOffset ReadyAt { get; set; }
    }

    private Answer Create(Call call)
    {
        var operation = call.Json.Text("operation") ?? "";
        if (!Operations.Contains(operation))
            throw new SalesforceError("INVALIDENTITY", $"Operation '{operation}' is not supported").Refusal();
        var type = StandardObjects.All.GetValueOrDefault(call.Json.Text("object") ?? "") ?? throw new SalesforceError("INVALIDENTITY", "InvalidEntity : Unknown object").Refusal();
        var key = call.Json.Text("externalIdFieldName");
        if (operation == "upsert" && (key is null || !type.Has(key)))
            throw new SalesforceError("INVALIDJOB", "InvalidJob : External ID was blank or unknown for the upsert operation").Refusal();
        var job = new Job(SalesforceIds.Make("750", numbers.Next()), type, operation, key, sandbox.Clock.Now);
        jobs.Add(job.Id, job);
        return Answer.Ok(Json(job));
    }

    private Answer Upload(Call call)
    {
        var job = Find(call);
        if (job.State != "Open" || job.Header.Length > 0)
            throw new SalesforceError("INVALIDJOBSTATE", "Data can be uploaded to an open job only, and only once").Refusal();
        var rows = Csv.Read(call.Text);
        (job.Header, job.Rows) = rows is [var header, .. var records] ? (header, records) : ([], []);
        call.Records = job.Rows.Count;
        return new(201);
    }

    private Answer Close(Call call)
    {
        var job = Find(call);
        var state = call.Json.Text("state");
        if (job.State != "Open" || state is not ("UploadComplete" or "Aborted"))
            throw new SalesforceError("INVALIDJOBSTATE", $"Job cannot go from {job.State} to {state}").Refusal();
        job.State = state;
        job.ReadyAt = sandbox.Clock.Now + sandbox.Options.BulkDelay;
        if (state == "UploadComplete")
            Process(job, sandbox.AuthorOf(call));
        return Answer.Ok(Json(job));
    }

    private Answer Remove(Call call)
    {
        jobs.Remove(Find(call).Id);
        return Answer.NoContent;
    }

    private void Process(Job job, Author author)
    {
        if (job.Header.Any(name => !job.Type.Has(name)))
        {
            job.State = "Failed";
            return;
        }

        sandbox.Writes.InOne(() =>
        {
            job.Lines.AddRange(job.Rows.Select(cells => Processed(job, cells, author)));
            return true;
        });
        job.State = "JobComplete";
    }

    private Line Processed(Job job, string[] cells, Author author)
    {
        try
        {
            var (id, isCreated) = Carry(job, cells, author);
            return new(cells, id, isCreated, null);
        }
        catch (RecordRefused refused)
        {
            return new(cells, null, false, refused.Error);
        }
    }

    private (string Id, bool IsCreated) Carry(Job job, string[] cells, Author author)
    {
        if (cells.Length != job.Header.Length)
            throw new RecordRefused("INVALID_ROW", "Row length does not match header length");
        var given = job.Header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        switch (job.Operation)
        {
            case "insert":
                return (sandbox.Writes.Insert(job.Type, Fields(job, given), author).Id, true);
            case "upsert":
                var key = job.Type.Find(job.Key!)!;
                var (isCreated, row) = sandbox.Upsert(job.Type, key, given.GetValueOrDefault(key.Name), Fields(job, given), author);
                return (row.Id, isCreated);
            default:
                var target = sandbox.State.Find(job.Type.Name, given.GetValueOrDefault("Id")) ?? throw new RecordRefused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
                if (job.Operation == "update")
                    sandbox.Writes.Update(target, Fields(job, given), author);
                else if (!target.IsDeleted)
                    sandbox.Writes.Delete(target, author);
                if (job.Operation == "hardDelete")
                    sandbox.PurgeLater(target);
                return (target.Id, false);
        }
    }

    private static Dictionary<Field, object?> Fields(Job job, Dictionary<string, string> given)
    {
        var fields = new Dictionary<Field, object?>();
        // An empty cell leaves the field alone; #N/A clears it.
        foreach (var (name, text) in given.Where(pair => pair.Value.Length > 0 && !pair.Key.Equals("Id", StringComparison.OrdinalIgnoreCase) && !pair.Key.Equals(job.Key, StringComparison.OrdinalIgnoreCase)))
        {
            var field = job.Type.Find(name)!;
            fields[field] = text == "#N/A" ? null : FieldValues.FromText(field, text)
                ?? throw new RecordRefused("INVALID_TYPE_ON_FIELD_IN_RECORD", $"{name}: value not of required type: {text}", name);
        }

        return fields;
    }

    private Answer Results(Job job, bool isSuccess)
    {
        string[] columns = isSuccess ? ["sf__Id", "sf__Created"] : ["sf__Id", "sf__Error"];
        var lines = IsReady(job) ? job.Lines.Where(line => line.Error is null == isSuccess) : [];
        return Text(columns.Concat(job.Header), lines.Select(line => new[]
        {
            line.Id ?? "",
            line.Error is { } error ? $"{error.Code}:{error.Message}:{string.Join(' ', error.Fields)}--" : line.IsCreated ? "true" : "false",
        }.Concat(line.Cells)));
    }

    private static Answer Unprocessed(Job job) => Text(job.Header, job.State == "JobComplete" ? [] : job.Rows);

    private static Answer Text(IEnumerable<string> header, IEnumerable<IEnumerable<string>> lines) =>
        new(200) { ContentType = "text/csv", Text = Csv.Line(header) + string.Concat(lines.Select(Csv.Line)) };

    private bool IsReady(Job job) => sandbox.Clock.Now >= job.ReadyAt;

    private Job Find(Call call) => jobs.GetValueOrDefault(call.Route("job")) ?? jobs.Values.FirstOrDefault(job => job.Id.StartsWith(call.Route("job"), StringComparison.Ordinal))
        ?? throw new SalesforceError("NOT_FOUND", "The requested resource does not exist").Refusal(404);

    private JsonObject Json(Job job)
    {
        var isShown = job.State is not ("JobComplete" or "Failed") || IsReady(job);
        return new()
        {
            ["id"] = job.Id,
            ["operation"] = job.Operation,
            ["object"] = job.Type.Name,
            ["createdById"] = sandbox.State.IntegrationUser,
            ["createdDate"] = FieldValues.Stamp(job.Created),
            ["systemModstamp"] = FieldValues.Stamp(sandbox.Clock.Now),
            ["state"] = isShown ? job.State : "InProgress",
            ["externalIdFieldName"] = job.Key,
            ["concurrencyMode"] = "Parallel",
            ["contentType"] = "CSV",
            ["apiVersion"] = 66.0,
            ["jobType"] = "V2Ingest",
            ["contentUrl"] = $"services/data/v66.0/jobs/ingest/{job.Id}/batches",
            ["lineEnding"] = "LF",
            ["columnDelimiter"] = "COMMA",
            ["numberRecordsProcessed"] = isShown ? job.Lines.Count : 0,
            ["numberRecordsFailed"] = isShown ? job.Lines.Count(line => line.Error is not null) : 0,
        };
    }
}
