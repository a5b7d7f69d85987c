using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Jobs;

namespace StackHub.Sandbox.Vendors.Klaviyo.Endpoints;

/// <summary>Bulk imports: accepted at once, done later, and silent about each record that went well.</summary>
internal sealed class Imports(KlaviyoSandbox sandbox)
{
    private const string Type = "profile-bulk-import-job";

    public IEnumerable<Endpoint> All =>
    [
        Bodies.Post("/api/profile-bulk-import-jobs", "imports.create", Create),
        Endpoint.Get("/api/profile-bulk-import-jobs/{id}", "imports.get", call => Shown(Found(call))),
        Endpoint.Get("/api/profile-bulk-import-jobs/{id}/import-errors", "imports.errors", Errors),
    ];

    private Answer Create(Call call)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(call.Text) > sandbox.Options.LargestImport)
            throw sandbox.Errors.TooLarge("The maximum allowed payload size is 5MB.");
        var profiles = call.Data(Type, sandbox.Errors).Profiles(sandbox.Options.ImportedProfiles, sandbox.Errors);
        if (profiles.Count == 0)
            throw sandbox.Errors.Invalid("At least one profile is required.", "/data/attributes/profiles");
        if (profiles.Any(profile => profile.GetRawText().Length > sandbox.Options.LargestProfile))
            throw sandbox.Errors.TooLarge("The maximum allowed payload size per-profile is 100KB.");
        call.Records = profiles.Count;
        var kept = profiles.ConvertAll(profile => profile.Clone()); // the body is gone when the job runs
        return Shown(sandbox.Jobs.Start(Type, sandbox.Options.JobTime, kept.Count, job => Run(job, kept)), 202);
    }

    private void Run(KlaviyoJob job, List<JsonElement> profiles)
    {
        for (var index = 0; index < profiles.Count; index++)
        {
            if (sandbox.Options.LoseEveryNthImported > 0 && (index + 1) % sandbox.Options.LoseEveryNthImported == 0)
                continue;
            try
            {
                sandbox.Writes.Import(profiles[index].Text("id"), new(profiles[index].Attributes(sandbox.Errors), sandbox.Errors));
            }
            catch (VendorRefusal refusal)
            {
                job.Failed++;
                job.Errors.Add(Error(job, refusal, profiles[index]));
            }
        }
    }

    private static JsonObject Error(KlaviyoJob job, VendorRefusal refusal, JsonElement profile)
    {
        var error = refusal.Answer.Json!["errors"]![0]!;
        return new()
        {
            ["type"] = "import-error",
            ["id"] = $"{job.Id}-{job.Failed}",
            ["attributes"] = new JsonObject
            {
                ["code"] = error["code"]!.DeepClone(),
                ["title"] = error["title"]!.DeepClone(),
                ["detail"] = error["detail"]!.DeepClone(),
                ["source"] = new JsonObject { ["pointer"] = error["source"]!["pointer"]?.DeepClone() },
                ["original_payload"] = JsonNode.Parse(profile.GetRawText()),
            },
        };
    }

    private Answer Errors(Call call)
    {
        var job = Found(call);
        return KlaviyoErrors.Ok(new JsonObject
        {
            ["data"] = job.Errors.Take(call.QueryInt("page[size]", 20)).Select(JsonNode (error) => error.DeepClone()).ToJsonArray(),
            ["links"] = sandbox.Shapes.Self($"/api/{Type}s/{job.Id}/import-errors/"),
        });
    }

    private KlaviyoJob Found(Call call) => sandbox.Jobs.Find(Type, call.Route("id")) ?? throw sandbox.Errors.Missing("job", call.Route("id"));

    private Answer Shown(KlaviyoJob job, int status = 200) => KlaviyoErrors.Ok(new JsonObject { ["data"] = job.Json(sandbox.Shapes, sandbox.Clock.Now) }, status);
}
