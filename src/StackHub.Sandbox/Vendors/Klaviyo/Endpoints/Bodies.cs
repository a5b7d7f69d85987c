using System.Text.Json;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Klaviyo.Endpoints;

/// <summary>The parts of a JSON:API body.</summary>
internal static class Bodies
{
    public static Endpoint Post(string route, string operation, Func<Call, Answer> handle) => Typed(Endpoint.Post(route, operation, handle));

    public static Endpoint Patch(string route, string operation, Func<Call, Answer> handle) => Typed(Endpoint.Patch(route, operation, handle));

    /// <summary>Klaviyo's own library (klaviyo-api 23) sends plain JSON, so that must be taken too.</summary>
    private static Endpoint Typed(Endpoint endpoint) => endpoint with { BodyType = KlaviyoErrors.MediaType, OtherBodyType = Endpoint.JsonBody };

    /// <summary>The data object, which must be of the type.</summary>
    public static JsonElement Data(this Call call, string type, KlaviyoErrors errors)
    {
        if (!call.HasBody)
            throw errors.Invalid("The request has no body.");
        return call.Json.Member("data") is { ValueKind: JsonValueKind.Object } data ? data.OfType(type, errors) : throw errors.Invalid("'data' is required.");
    }

    public static JsonElement OfType(this JsonElement data, string type, KlaviyoErrors errors) =>
        data.Text("type") == type ? data : throw errors.Invalid($"The type must be '{type}'.", "/data/type");

    /// <summary>The profiles of a job's attributes.</summary>
    public static List<JsonElement> Profiles(this JsonElement job, int most, KlaviyoErrors errors)
    {
        var profiles = job.Member("attributes")?.Member("profiles")?.Items("data").Select(profile => profile.OfType("profile", errors)).ToList() ?? [];
        return profiles.Count <= most ? profiles : throw errors.Invalid($"No more than {most} profiles are allowed.", "/data/attributes/profiles");
    }

    public static JsonElement Attributes(this JsonElement data, KlaviyoErrors errors) =>
        data.Member("attributes") ?? throw errors.Invalid("'attributes' is required.", "/data/attributes");

    /// <summary>The id of the list (or segment) a job is about.</summary>
    public static string? Related(this JsonElement job, string name) => job.Member("relationships")?.Member(name)?.Member("data")?.Text("id");
}
