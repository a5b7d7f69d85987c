using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Mailchimp;

/// <summary>The calls of the audience.</summary>
internal sealed class MailchimpEndpoints(MailchimpSandbox sandbox)
{
    private const string Members = "/3.0/lists/{list}/members";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/3.0/lists/{list}", "list.get", List),
        Endpoint.Post("/3.0/lists/{list}", "members.batch", Batch),
        Endpoint.Get(Members, "members.list", Listed) with { IsSearch = true },
        Endpoint.Get(Members + "/{id}", "members.get", call => Answer.Ok(Json(Found(call)))),
        Endpoint.Patch(Members + "/{id}", "members.update", Update),
        Endpoint.Delete(Members + "/{id}", "members.archive", Archive),
        Endpoint.Post(Members + "/{id}/actions/delete-permanent", "members.deletePermanent", Forget) with { BodyType = null },
    ];

    private Answer List(Call call)
    {
        Require(call);
        return Answer.Ok(new JsonObject { ["id"] = sandbox.Options.ListId, ["name"] = "Newsletter", ["stats"] = new JsonObject { ["member_count"] = sandbox.Members.Live.Count() } });
    }

    private Answer Batch(Call call)
    {
        Require(call);
        var given = call.Json.Items("members").ToList();
        call.Records = given.Count;
        if (given.Count > sandbox.Options.LargestBatch)
        {
            sandbox.Stats.Violate("batch", $"{given.Count} members in a batch");
            throw Refusal(400, "Bad Request", $"At most {sandbox.Options.LargestBatch} members are allowed.");
        }
        var (made, errors) = (new JsonArray(), new JsonArray());
        foreach (var member in given)
        {
            var (created, error) = sandbox.Members.Create(member);
            if (created is not null)
                made.Add(Json(created));
            else
                errors.Add(new JsonObject { ["email_address"] = member.Text("email_address"), ["error"] = error!.Value.Text, ["error_code"] = error.Value.Code, ["field"] = error.Value.Field });
        }
        return Answer.Ok(new JsonObject { ["total_created"] = made.Count, ["total_updated"] = 0, ["error_count"] = errors.Count, ["new_members"] = made, ["updated_members"] = new JsonArray(), ["errors"] = errors });
    }

    private Answer Listed(Call call)
    {
        Require(call);
        var count = Math.Clamp(call.QueryInt("count", 10), 1, 1_000);
        var page = sandbox.Members.Listed(call).Skip(call.QueryInt("offset", 0)).Take(count).Select(JsonNode? (member) => Json(member)).ToList();
        call.Records = page.Count;
        return Answer.Ok(new JsonObject { ["members"] = page.ToJsonArray(), ["list_id"] = sandbox.Options.ListId, ["total_items"] = sandbox.Members.Listed(call).Count() });
    }

    private Answer Update(Call call)
    {
        var member = Found(call);
        return sandbox.Members.Update(member, call.Json) is { } error ? throw Refusal(400, "Invalid Resource", error.Text, error.Field) : Answer.Ok(Json(member));
    }

    private Answer Archive(Call call)
    {
        var member = Found(call);
        if (member.Status == "archived")
            throw Refusal(405, "Method Not Allowed", "This list member cannot be removed.");
        sandbox.Members.Archive(member);
        return Answer.NoContent;
    }

    private Answer Forget(Call call)
    {
        sandbox.Members.Forget(Found(call));
        return Answer.NoContent;
    }

    private MailchimpMember Found(Call call)
    {
        Require(call);
        return sandbox.Members.Find(call.Route("id")) ?? throw Refusal(404, "Resource Not Found", "The requested resource could not be found.");
    }

    private void Require(Call call)
    {
        if (call.Route("list") != sandbox.Options.ListId)
            throw Refusal(404, "Resource Not Found", "The requested resource could not be found.");
    }

    private JsonObject Json(MailchimpMember member) => member.Json(sandbox.Options.ListId);

    private static VendorRefusal Refusal(int status, string title, string detail, string? field = null) => new(MailchimpSandbox.Problem(status, title, detail, field));
}
