using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo.Endpoints;

/// <summary>Subscription and suppression jobs: the only ways to change a consent.</summary>
internal sealed class Consents(KlaviyoSandbox sandbox)
{
    private const string Suppress = "profile-suppression-bulk-create-job";
    private const string Unsuppress = "profile-suppression-bulk-delete-job";

    public IEnumerable<Endpoint> All =>
    [
        Bodies.Post("/api/profile-subscription-bulk-create-jobs", "subscriptions.create", Subscribe),
        Bodies.Post("/api/profile-subscription-bulk-delete-jobs", "subscriptions.delete", Unsubscribe),
        Bodies.Post("/api/profile-suppression-bulk-create-jobs", "suppressions.create", call => Suppression(call, Suppress, (before, now) => before.Suppressed("USER_SUPPRESSED", now))),
        Bodies.Post("/api/profile-suppression-bulk-delete-jobs", "suppressions.delete", call => Suppression(call, Unsuppress, (before, _) => before.Unsuppressed())),
        Endpoint.Get("/api/profile-suppression-bulk-create-jobs/{id}", "suppressions.getCreate", call => Shown(call, Suppress)),
        Endpoint.Get("/api/profile-suppression-bulk-delete-jobs/{id}", "suppressions.getDelete", call => Shown(call, Unsuppress)),
    ];

    private Answer Subscribe(Call call)
    {
        var emails = Emails(call, "profile-subscription-bulk-create-job", 1_000, "SUBSCRIBED", out var list);
        sandbox.Jobs.Start("subscribe", sandbox.Options.JobTime, emails.Count, _ => ForEach(emails, isNewTaken: true, profile =>
        {
            if (list is not null && sandbox.Options.DoubleOptIn && profile.Subscription.Consent != "SUBSCRIBED")
                return; // a message goes out, and nothing changes until the person answers it
            if (list is not null)
                profile.Lists.Add(list);
            sandbox.Writes.Consent(profile, profile.Subscription.Subscribed(list ?? "", sandbox.Clock.Now));
        }));
        return new(202);
    }

    private Answer Unsubscribe(Call call)
    {
        var emails = Emails(call, "profile-subscription-bulk-delete-job", 100, "UNSUBSCRIBED", out var list);
        sandbox.Jobs.Start("unsubscribe", sandbox.Options.JobTime, emails.Count, _ => ForEach(emails, isNewTaken: false, profile =>
        {
            // Who is not in the list is unsubscribed from everything.
            var isMember = list is not null && profile.Lists.Remove(list);
            sandbox.Writes.Consent(profile, isMember ? profile.Subscription.Left(list!, sandbox.Clock.Now) : profile.Subscription.Unsubscribed(sandbox.Clock.Now));
        }));
        return new(202);
    }

    private Answer Suppression(Call call, string type, Func<Subscription, DateTimeOffset, Subscription> change)
    {
        var data = call.Data(type, sandbox.Errors);
        var emails = data.Profiles(100, sandbox.Errors).ConvertAll(profile => profile.Attributes(sandbox.Errors).Text("email") ?? throw sandbox.Errors.Invalid("'email' is required."));
        var group = data.Related("list") ?? data.Related("segment");
        if (emails.Count == 0 && group is null)
            throw sandbox.Errors.Invalid("Profiles, a list or a segment are required.", "/data/attributes");
        if (group is not null)
        {
            sandbox.Stats.Violate("whole-list", $"{call.Operation} for all of {group}");
            emails.AddRange(sandbox.State.Profiles.Values.Where(profile => profile.Lists.Contains(group)).Select(profile => profile.Email).OfType<string>());
        }

        call.Records = emails.Count;
        var job = sandbox.Jobs.Start(type, sandbox.Options.JobTime, emails.Count, _ => ForEach(emails, isNewTaken: false,
            profile => sandbox.Writes.Consent(profile, change(profile.Subscription, sandbox.Clock.Now))));
        return KlaviyoErrors.Ok(new JsonObject { ["data"] = job.Json(sandbox.Shapes, sandbox.Clock.Now) }, 202);
    }

    private List<string> Emails(Call call, string type, int most, string consent, out string? list)
    {
        var data = call.Data(type, sandbox.Errors);
        list = data.Related("list");
        if (list is not null && list != sandbox.Options.ListId)
            throw sandbox.Errors.Missing("list", list);
        if (list is null)
            sandbox.Stats.Violate("empty-selector", $"{call.Operation} without a list is about every list");
        var emails = data.Profiles(most, sandbox.Errors).ConvertAll(profile => EmailOf(profile, consent));
        call.Records = emails.Count;
        return emails.Count > 0 ? emails : throw sandbox.Errors.Invalid("At least one profile is required.", "/data/attributes/profiles");
    }

    private string EmailOf(JsonElement profile, string consent)
    {
        var attributes = profile.Attributes(sandbox.Errors);
        if (attributes.Member("subscriptions")?.Member("email")?.Member("marketing")?.Text("consent") != consent)
            throw sandbox.Errors.Invalid($"'consent' must be {consent}.", "/data/attributes/profiles/data/attributes/subscriptions");
        return attributes.Text("email") ?? throw sandbox.Errors.Invalid("'email' is required.", "/data/attributes/profiles/data/attributes/email");
    }

    private void ForEach(List<string> emails, bool isNewTaken, Action<KlaviyoProfile> change)
    {
        foreach (var email in emails)
        {
            if ((sandbox.State.WithEmail(email) ?? (isNewTaken ? Made(email) : null)) is { } profile)
                change(profile);
        }
    }

    private KlaviyoProfile Made(string email)
    {
        using var json = JsonDocument.Parse(new JsonObject { ["email"] = email }.ToJsonString());
        return sandbox.Writes.Create(new(json.RootElement, sandbox.Errors));
    }

    private Answer Shown(Call call, string type) => sandbox.Jobs.Find(type, call.Route("id")) is { } job
        ? KlaviyoErrors.Ok(new JsonObject { ["data"] = job.Json(sandbox.Shapes, sandbox.Clock.Now) })
        : throw sandbox.Errors.Missing("job", call.Route("id"));
}
