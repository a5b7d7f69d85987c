using System.Globalization;
using System.Text.Json;
using StackHub.Privacy.Notices;
using StackHub.Records;

namespace StackHub.Privacy.OpenDsr;

/// <summary>What another company's system asks for on behalf of somebody; it never prints.</summary>
public sealed record OpenDsrRequest(Guid SubjectRequestId, PrivacyRequestKind Kind, string Regulation, DateTimeOffset SubmittedAt, SubjectClaims Subject)
{
    public IReadOnlyList<Uri> Callbacks { get; init; } = [];

    public string? ApiVersion { get; init; }

    public override string ToString() => $"OpenDSR request {SubjectRequestId}";
}

/// <summary>Either a request, or sentences that name members and repeat no value.</summary>
public sealed record OpenDsrReading(OpenDsrRequest? Request, IReadOnlyList<string> Problems);

/// <summary>
/// Reads the body of a POST as https://github.com/opengdpr/OpenDSR describes it. What implementations differ in is taken in either form:
/// identities as a list of identity_type, identity_value and identity_format (the specification), or as an object by type with value and
/// encoding (as some large controllers send them since their version 3).
/// </summary>
public static class OpenDsrReader
{
    public const string Email = "email";
    public const string CustomerId = "controller_customer_id";

    /// <summary>Not in the specification's list, and sent by some.</summary>
    public const string Phone = "phone_number";

    private const int MostCallbacks = 10;
    private const int MostIdentities = 50;

    private static readonly Dictionary<string, PrivacyRequestKind> Kinds = new(StringComparer.Ordinal)
    {
        ["access"] = PrivacyRequestKind.Access,
        ["portability"] = PrivacyRequestKind.Portability,
        ["erasure"] = PrivacyRequestKind.Erasure,
    };

    public static IEnumerable<string> SupportedTypes => Kinds.Keys;

    public static IEnumerable<(string Type, string Format)> SupportedIdentities => [(Email, "raw"), (Email, "sha256"), (Phone, "raw"), (CustomerId, "raw")];

    public static OpenDsrReading Read(ReadOnlyMemory<byte> body, OutboundOptions outbound)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? new Reading(document.RootElement, outbound).Result() : new(null, ["The body has to be a JSON object."]);
        }
        catch (JsonException)
        {
            return new(null, ["The body is no JSON."]);
        }
    }

    private sealed class Reading(JsonElement body, OutboundOptions outbound)
    {
        private readonly List<string> problems = [];

        public OpenDsrReading Result()
        {
            var id = Guid.TryParse(Text("subject_request_id"), out var parsed) && parsed != Guid.Empty ? parsed : Wrong<Guid>("subject_request_id", "a UUID");
            var kind = Text("subject_request_type") is { } type && Kinds.TryGetValue(type, out var known) ? known : Wrong<PrivacyRequestKind>("subject_request_type", $"one of {string.Join(", ", Kinds.Keys)}");
            // Added to the specification after its first versions: without it the GDPR is meant.
            var regulation = Text("regulation") ?? "gdpr";
            if (regulation is not ("gdpr" or "ccpa"))
                problems.Add("'regulation' has to be gdpr or ccpa.");
            var submitted = DateTimeOffset.TryParse(Text("submitted_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : Wrong<DateTimeOffset>("submitted_time", "an RFC 3339 date and time");
            var request = new OpenDsrRequest(id, kind, regulation, submitted, Subject()) { Callbacks = [.. Callbacks()], ApiVersion = Text("api_version") };
            return problems.Count == 0 ? new(request, []) : new(null, problems);
        }

        private SubjectClaims Subject()
        {
            var (emails, phones, hashes, links, records) = (new List<string>(), new List<string>(), new List<string>(), new List<ExternalRef>(), new List<RecordId>());
            foreach (var (type, format, value) in Identities().Take(MostIdentities))
                switch (type, format)
                {
                    case (Email, "raw"): emails.Add(value); break;
                    case (Email, "sha256"): hashes.Add(value); break;
                    case (Phone, "raw"): phones.Add(value); break;
                    case (CustomerId, "raw") when RecordId.TryParse(value) is { } record: records.Add(record); break;
                    case (CustomerId, "raw") when value.Split('/', 3) is [{ Length: > 0 } system, { Length: > 0 } objectType, { Length: > 0 } external]: links.Add(new(new(system), objectType, external)); break;
                }
            var subject = new SubjectClaims { Emails = emails, Phones = phones, Hashes = hashes, Links = links, Records = records };
            if (subject.IsEmpty)
                problems.Add("'subject_identities' has to hold an identity that the discovery document lists.");
            return subject;
        }

        private IEnumerable<(string Type, string Format, string Value)> Identities()
        {
            if (!body.TryGetProperty("subject_identities", out var identities))
                yield break;
            if (identities.ValueKind == JsonValueKind.Array)
                foreach (var one in identities.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object))
                    yield return (Text(one, "identity_type") ?? "", Text(one, "identity_format") ?? "raw", Text(one, "identity_value") ?? "");
            else if (identities.ValueKind == JsonValueKind.Object)
                foreach (var one in identities.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object))
                    yield return (one.Name, Text(one.Value, "encoding") ?? "raw", Text(one.Value, "value") ?? "");
        }

        private IEnumerable<Uri> Callbacks()
        {
            if (!body.TryGetProperty("status_callback_urls", out var urls) || urls.ValueKind == JsonValueKind.Null)
                yield break;
            if (urls.ValueKind != JsonValueKind.Array || urls.GetArrayLength() > MostCallbacks)
            {
                problems.Add($"'status_callback_urls' has to be a list of at most {MostCallbacks} addresses.");
                yield break;
            }
            foreach (var (index, url) in urls.EnumerateArray().Index())
                if (url.ValueKind != JsonValueKind.String || !Uri.TryCreate(url.GetString(), UriKind.Absolute, out var address))
                    problems.Add($"'status_callback_urls[{index}]' has to be an https address.");
                else if (OutboundGuard.Problem(address, outbound) is { } problem)
                    problems.Add($"'status_callback_urls[{index}]' has to be {problem}.");
                else
                    yield return address;
        }

        private T Wrong<T>(string member, string cure)
        {
            problems.Add($"'{member}' has to be {cure}.");
            return default!;
        }

        private string? Text(string name) => Text(body, name);

        private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
