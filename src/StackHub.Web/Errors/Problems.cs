using Microsoft.AspNetCore.WebUtilities;

namespace StackHub.Web.Errors;

/// <summary>Every refusal of the web part, in one place. Nothing here may repeat what the caller sent.</summary>
public static class Problems
{
    private const string Challenge = "Bearer realm=\"stackhub\"";

    /// <param name="parameter">The parameter's name.</param>
    /// <param name="cure">What it has to be: "a whole number from 1 to 200".</param>
    public static ProblemResult BadParameter(string parameter, string cure) =>
        new(new(400, "bad-parameter", "A parameter cannot be used", $"'{parameter}' has to be {cure}.") { Parameter = parameter });

    public static ProblemResult BadBody(string member, string cure) =>
        new(new(400, "bad-body", "The body cannot be used", $"'{member}' has to be {cure}.") { Parameter = member });

    /// <summary>Names of a rule set's own words are told, since whoever sent it has to find them; no person is in a rule set.</summary>
    public static ProblemResult BadRules(IEnumerable<RulePlace> places) =>
        new(new(422, "bad-rules", "The rules cannot be read", "'places' tells every place that is wrong, and what to do there.") { Parameter = "rules", Places = [.. places] });

    /// <param name="thing">"record", "run", "conflict".</param>
    public static ProblemResult NotFound(string thing) =>
        new(new(404, $"unknown-{thing}", $"There is no such {thing}", $"No {thing} of this id is known; list them to see which there are."));

    public static ProblemResult Conflict(string code, string title, string detail) => new(new(409, code, title, detail));

    /// <param name="detail">What to do about it; never a value.</param>
    public static ProblemResult Refused(int status, string code, string title, string detail) => new(new(status, code, title, detail));

    public static ProblemResult Unauthenticated(string detail) =>
        new(new(401, "unauthenticated", "Who are you?", detail)) { Challenge = Challenge };

    public static ProblemResult WrongKey() =>
        new(new(401, "unauthenticated", "Who are you?", "The key is unknown or was revoked; ask for a new one.")) { Challenge = $"{Challenge}, error=\"invalid_token\"" };

    public static ProblemResult Forbidden(string role) =>
        new(new(403, "forbidden", "You may not do this", $"It needs the role '{role}', which your key does not have.")) { Challenge = $"{Challenge}, error=\"insufficient_scope\", scope=\"{role}\"" };

    public static ProblemResult CrossSite() =>
        new(new(403, "cross-site", "The request came from another site", "A signed-in browser may only send it from this site; a program uses an API key."));

    public static ProblemResult StaleForm() =>
        new(new(403, "stale-form", "The form is out of date", "Nothing was done. Open the page again, check what it says, and send the form from there; the browser has to accept this site's cookies."));

    public static ProblemResult TooManyFailures(TimeSpan wait) =>
        new(new(429, "too-many-failures", "Too many failed sign-ins", "Your address presented wrong keys too often; wait as long as Retry-After says.")) { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };

    public static ProblemResult TooLarge(int limit) =>
        new(new(413, "body-too-large", "The body is too large", $"It may have at most {limit} bytes."));

    public static ProblemResult WrongContentType() =>
        new(new(415, "wrong-content-type", "The content type is not understood", "Send application/json, or XML where the vendor's webhooks are XML."));

    public static ProblemResult KeyReused() =>
        new(new(422, "idempotency-key-reused", "The idempotency key belongs to another request", "Use a new key for a new request.") { Parameter = "Idempotency-Key" });

    public static ProblemResult InProgress() =>
        new(new(409, "idempotency-in-progress", "The same request is under way", "Ask again with the same key when it is over.") { Parameter = "Idempotency-Key" }) { RetryAfter = 1 };

    public static ProblemResult StoreDown() =>
        new(new(503, "not-stored", "It could not be stored", "Nothing was lost and nothing was kept: send it again.")) { RetryAfter = 5 };

    public static ProblemResult Internal(string? trace) =>
        new(new(500, "internal", "Something failed here", "It is not your request's fault. The trace finds it in the hub's log.") { Trace = trace });

    public static ProblemResult Aborted(int status) =>
        new(new(status, status == 413 ? "body-too-large" : "bad-request", "The request could not be read", "Its body or headers are cut off, too large or malformed."));

    /// <summary>For an answer that has a status and nothing else.</summary>
    public static ProblemResult OfStatus(int status) => status switch
    {
        400 => new(new(400, "bad-request", "The request could not be read", "Its body has to be the JSON object that the OpenAPI document describes.")),
        404 => new(new(404, "no-such-route", "There is nothing here", "The OpenAPI document at api/openapi.json lists what there is.")),
        405 => new(new(405, "wrong-method", "The method does not fit", "The Allow header names those that do.")),
        415 => WrongContentType(),
        _ => new(new(status, $"status-{status}", ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Refused", "The request was refused.")),
    };
}
