using System.Globalization;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo.Filters;

/// <summary>Which profiles a filter lets through. The lag of the index shows in every filter but that by id.</summary>
internal sealed class ProfileFilter
{
    private static readonly string[] Identifiers = ["id", "email", "phone_number", "external_id"];
    private readonly KlaviyoErrors errors;
    private readonly List<FilterCall> calls;

    public ProfileFilter(string? text, KlaviyoErrors errors)
    {
        this.errors = errors;
        calls = string.IsNullOrEmpty(text) ? [] : new FilterParser(text, errors).Parse();
        foreach (var call in calls)
            Check(call);
    }

    public IEnumerable<KlaviyoProfile> Of(KlaviyoState state, DateTimeOffset now)
    {
        if (calls.Find(call => call.Field == "id") is { } byId)
            return byId.Values.Distinct().Select(id => state.Profiles.GetValueOrDefault(id)).OfType<KlaviyoProfile>().Where(Fits);
        return Candidates(state).Concat(state.Lag.Late(now).Where(late => state.Profiles.ContainsKey(late.Id))).Distinct()
            .Select(state.Lag.Seen).OfType<KlaviyoProfile>().Where(Fits);
    }

    private IEnumerable<KlaviyoProfile> Candidates(KlaviyoState state)
    {
        if (calls.Find(call => Identifiers.Contains(call.Field)) is { } known)
            return known.Values.Select(value => Find(state, known.Field, value)).OfType<KlaviyoProfile>();
        if (!calls.Exists(call => call.Field == "updated"))
            return state.Profiles.Values;
        return state.Modified.Between(Bound("greater-than", DateTimeOffset.MinValue), Bound("less-than", DateTimeOffset.MaxValue));
    }

    private static KlaviyoProfile? Find(KlaviyoState state, string field, string value) => field switch
    {
        "email" => state.WithEmail(value),
        "phone_number" => state.WithPhone(value),
        _ => state.WithExternalId(value),
    };

    private DateTimeOffset Bound(string comparison, DateTimeOffset otherwise) =>
        calls.Find(call => call.Field == "updated" && call.Operator == comparison) is { } call ? Time(call) : otherwise;

    private bool Fits(KlaviyoProfile profile) => calls.TrueForAll(call => (call.Field, call.Operator) switch
    {
        ("created", "greater-than") => profile.Created > Time(call),
        ("created", _) => profile.Created < Time(call),
        ("updated", "greater-than") => profile.Updated > Time(call),
        ("updated", _) => profile.Updated < Time(call),
        ("email", _) => call.Values.Contains(profile.Email, StringComparer.OrdinalIgnoreCase),
        ("phone_number", _) => call.Values.Contains(profile.Phone),
        ("external_id", _) => call.Values.Contains(profile.ExternalId),
        _ => call.Values.Contains(profile.Id),
    });

    private void Check(FilterCall call)
    {
        if (Identifiers.Contains(call.Field) && call.Operator is "any" or "equals" && (call.Operator == "any" || call.Values.Count == 1))
            return;
        if (call.Field is not ("created" or "updated") || call.Operator is not ("greater-than" or "less-than"))
            throw errors.BadParameter($"'{call.Operator}' is not allowed for '{call.Field}'.", "filter");
        _ = Time(call);
    }

    private DateTimeOffset Time(FilterCall call) =>
        DateTimeOffset.TryParse(call.Values[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw errors.BadParameter($"'{call.Field}' is compared with something that is not a time.", "filter");
}
