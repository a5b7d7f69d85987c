using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>What a person does in Klaviyo's own pages, by the same rules as the API but without its delays.</summary>
internal sealed class KlaviyoEdits(KlaviyoSandbox sandbox)
{
    public JsonNode? Carry(VendorEdit edit)
    {
        using var body = JsonDocument.Parse(Body(edit).ToJsonString());
        var given = new KlaviyoAttributes(body.RootElement, sandbox.Errors);
        if (edit.Action == "create")
            return sandbox.Shapes.Of(sandbox.Writes.Create(given), withSubscriptions: true);
        var profile = Found(edit.Id, edit);
        Change(profile, given, edit);
        return sandbox.Shapes.Of(profile, withSubscriptions: true);
    }

    private void Change(KlaviyoProfile profile, KlaviyoAttributes given, VendorEdit edit)
    {
        var (writes, now, list) = (sandbox.Writes, sandbox.Clock.Now, sandbox.Options.ListId);
        switch (edit.Action)
        {
            case "update":
                writes.Update(profile, given);
                break;
            case "double": // the same address once more, as old imports left it
                var twin = sandbox.State.New(now);
                twin.Email = profile.Email;
                sandbox.State.Enter(twin);
                break;
            case "delete":
                writes.Delete(profile);
                break;
            case "merge":
                writes.Merge(Found(edit.OtherId, edit), profile);
                break;
            case "subscribe":
                profile.Lists.Add(list);
                writes.Consent(profile, profile.Subscription.Subscribed(list, now));
                break;
            case "unsubscribe":
                writes.Consent(profile, profile.Subscription.Unsubscribed(now));
                break;
            case "suppress":
                writes.Consent(profile, profile.Subscription.Suppressed("USER_SUPPRESSED", now));
                break;
            case "bounce":
                writes.Consent(profile, profile.Subscription.Suppressed("HARD_BOUNCE", now));
                break;
            default:
                throw new ArgumentException($"Klaviyo knows no edit '{edit.Action}'.", nameof(edit));
        }
    }

    /// <summary>"location.city" and "properties.tier" go where they belong.</summary>
    private static JsonObject Body(VendorEdit edit)
    {
        var json = new JsonObject();
        foreach (var (name, value) in edit.Fields)
        {
            var parts = name.Split('.', 2);
            if (parts.Length == 1)
                json[name] = value;
            else
                ((JsonObject)(json[parts[0]] ??= new JsonObject()))[parts[1]] = value;
        }

        return json;
    }

    private KlaviyoProfile Found(string? id, VendorEdit edit) =>
        sandbox.State.Profiles.GetValueOrDefault(id ?? "") ?? throw new ArgumentException($"There is no profile '{id}'.", nameof(edit));
}
