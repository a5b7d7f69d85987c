using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Filters;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo.Endpoints;

/// <summary>Profiles one by one: list, read, create, update, import, merge.</summary>
internal sealed class Profiles(KlaviyoSandbox sandbox)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/api/profiles", "profiles.list", new ProfilePages(sandbox).Page) with { IsSearch = true },
        Endpoint.Get("/api/profiles/{id}", "profiles.get", Get),
        Bodies.Post("/api/profiles", "profiles.create", Create),
        Bodies.Patch("/api/profiles/{id}", "profiles.update", Update),
        Bodies.Post("/api/profile-import", "profiles.import", Import),
        Bodies.Post("/api/profile-merge", "profiles.merge", Merge),
    ];

    private Answer Get(Call call) => Shown(call, Found(call.Route("id")));

    private Answer Create(Call call)
    {
        Limit(call);
        return Shown(call, sandbox.Writes.Create(Attributes(call)), 201);
    }

    private Answer Update(Call call)
    {
        Limit(call);
        var profile = Found(call.Route("id"));
        if (call.Data("profile", sandbox.Errors).Text("id") != profile.Id)
            throw sandbox.Errors.Invalid("The id must be that of the address.", "/data/id");
        sandbox.Writes.Update(profile, Attributes(call));
        return Shown(call, profile);
    }

    private Answer Import(Call call)
    {
        Limit(call);
        var (profile, isNew) = sandbox.Writes.Import(call.Data("profile", sandbox.Errors).Text("id"), Attributes(call));
        return Shown(call, profile, isNew ? 201 : 200);
    }

    private Answer Merge(Call call)
    {
        var data = call.Data("profile-merge", sandbox.Errors);
        var into = Found(data.Text("id") ?? "");
        var sources = data.Member("relationships")?.Member("profiles")?.Items("data").Select(one => one.Text("id") ?? "").ToList() ?? [];
        if (sources is not [var id] || id == into.Id)
            throw sandbox.Errors.Invalid("Exactly one other source profile is required.", "/data/relationships/profiles");
        _ = Found(id);
        sandbox.Jobs.Start("profile-merge", sandbox.Options.JobTime, 1, _ => MergeNow(id, into.Id));
        return KlaviyoErrors.Ok(new JsonObject { ["data"] = new JsonObject { ["type"] = "profile", ["id"] = into.Id, ["links"] = sandbox.Shapes.Self($"/api/profiles/{into.Id}/") } }, 201);
    }

    private void MergeNow(string from, string into)
    {
        if (sandbox.State.Profiles.GetValueOrDefault(from) is { } source && sandbox.State.Profiles.GetValueOrDefault(into) is { } destination)
            sandbox.Writes.Merge(source, destination);
    }

    private KlaviyoAttributes Attributes(Call call) => new(call.Data("profile", sandbox.Errors).Attributes(sandbox.Errors), sandbox.Errors);

    private KlaviyoProfile Found(string id) => sandbox.State.Profiles.GetValueOrDefault(id) ?? throw sandbox.Errors.Missing("profile", id);

    private Answer Shown(Call call, KlaviyoProfile profile, int status = 200) => KlaviyoErrors.Ok(
        new JsonObject { ["data"] = sandbox.Shapes.Of(profile, call.Queries("additional-fields[profile]").Contains("subscriptions")) }, status);

    private void Limit(Call call)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(call.Text) > sandbox.Options.LargestProfile)
            throw sandbox.Errors.TooLarge("The maximum allowed payload size is 100KB.");
    }
}
