using System.Text.Json.Nodes;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// A job about named addresses. One without addresses, or a subscription job without its list, would be about everybody or every list
/// (https://developers.klaviyo.com/en/reference/bulk_unsubscribe_profiles), so it cannot be made.
/// </summary>
internal sealed record KlaviyoJobRequest(string Operation, string Path, int Records, JsonObject Body)
{
    /// <summary>Addresses in a suppression job and in an unsubscription.</summary>
    public const int Most = 100;

    public static KlaviyoJobRequest Suppress(IReadOnlyList<string> emails) =>
        About(KlaviyoLimits.Suppress, "profile-suppression-bulk-create-job", emails, email => new JsonObject { ["email"] = email });

    public static KlaviyoJobRequest Unsuppress(IReadOnlyList<string> emails) =>
        About(KlaviyoLimits.Unsuppress, "profile-suppression-bulk-delete-job", emails, email => new JsonObject { ["email"] = email });

    public static KlaviyoJobRequest Subscribe(string list, IReadOnlyList<string> emails) =>
        In(list, About(KlaviyoLimits.Subscribe, "profile-subscription-bulk-create-job", emails, email => Consent(email, "SUBSCRIBED")));

    public static KlaviyoJobRequest Unsubscribe(string list, IReadOnlyList<string> emails) =>
        In(list, About(KlaviyoLimits.Unsubscribe, "profile-subscription-bulk-delete-job", emails, email => Consent(email, KlaviyoSubscription.Unsubscribed)));

    /// <summary>By id and nothing else: an address would erase all profiles that have it.</summary>
    public static KlaviyoJobRequest Erase(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var profile = new JsonObject { ["data"] = new JsonObject { ["type"] = "profile", ["id"] = id, ["attributes"] = new JsonObject() } };
        return new(KlaviyoLimits.Erase, "/api/data-privacy-deletion-jobs", 1, Document("data-privacy-deletion-job", new JsonObject { ["profile"] = profile }));
    }

    public override string ToString() => $"{Operation} of {Records}";

    private static KlaviyoJobRequest About(string operation, string type, IReadOnlyList<string> emails, Func<string, JsonObject> attributes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(emails.Count, nameof(emails));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(emails.Count, Most, nameof(emails));
        var profiles = new JsonArray([.. emails.Select(email => (JsonNode)new JsonObject { ["type"] = "profile", ["attributes"] = attributes(email) })]);
        return new(operation, $"/api/{type}s", emails.Count, Document(type, new JsonObject { ["profiles"] = new JsonObject { ["data"] = profiles } }));
    }

    private static KlaviyoJobRequest In(string list, KlaviyoJobRequest job)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(list);
        job.Body["data"]!["relationships"] = new JsonObject { ["list"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "list", ["id"] = list } } };
        return job;
    }

    private static JsonObject Document(string type, JsonObject attributes) => new() { ["data"] = new JsonObject { ["type"] = type, ["attributes"] = attributes } };

    private static JsonObject Consent(string email, string consent) => new()
    {
        ["email"] = email,
        ["subscriptions"] = new JsonObject { ["email"] = new JsonObject { ["marketing"] = new JsonObject { ["consent"] = consent } } },
    };
}
