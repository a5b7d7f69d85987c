using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>The rules by which profiles change: identifiers are unique, null clears, what is absent stays.</summary>
internal sealed class KlaviyoWrites(KlaviyoState state, KlaviyoErrors errors, VendorClock clock, FaultSwitches faults, KlaviyoEvents events)
{
    public KlaviyoProfile Create(KlaviyoAttributes given)
    {
        if (given is { Email: null, Phone: null, ExternalId: null })
            throw errors.Invalid("One of the following identifiers is required: email, phone_number, external_id.", "/data/attributes");
        if (Owner(given, null) is { } owner)
            throw errors.Duplicate(owner.Id);
        var profile = state.New(clock.Now);
        Put(profile, given, before: null);
        return profile;
    }

    public void Update(KlaviyoProfile profile, KlaviyoAttributes given)
    {
        if (Owner(given, profile) is { } owner)
            throw errors.Duplicate(owner.Id);
        Put(profile, given, profile.Snapshot());
    }

    /// <summary>
    /// Create or update, by the first identifier that is known: id, external id, address, phone. So it takes over whoever has the phone;
    /// when the others point to somebody else it is a conflict.
    /// </summary>
    public (KlaviyoProfile Profile, bool IsNew) Import(string? id, KlaviyoAttributes given)
    {
        var known = id is null ? null : state.Profiles.GetValueOrDefault(id) ?? throw errors.Missing("profile", id);
        known ??= state.WithExternalId(given.ExternalId) ?? state.WithEmail(given.Email) ?? state.WithPhone(given.Phone);
        if (known is null)
            return (Create(given), true);
        Update(known, given);
        return (known, false);
    }

    public void Consent(KlaviyoProfile profile, Subscription subscription)
    {
        if (profile.Subscription == subscription)
            return;
        var before = profile.Snapshot();
        profile.Subscription = subscription;
        Enter(profile, before);
        if (before.Subscription.Consent != subscription.Consent)
            events.Consent(profile);
    }

    public void Delete(KlaviyoProfile profile) => state.Remove(profile);

    /// <summary>The destination's own values stay; what it has not is taken over.</summary>
    public void Merge(KlaviyoProfile source, KlaviyoProfile destination)
    {
        state.Remove(source);
        var before = destination.Snapshot();
        state.Lift(destination);
        destination.Email ??= source.Email;
        destination.Phone ??= source.Phone;
        destination.ExternalId ??= source.ExternalId;
        foreach (var (name, value) in source.Texts)
            destination.Texts.TryAdd(name, value);
        foreach (var (name, value) in source.Properties)
            destination.Properties.TryAdd(name, value?.DeepClone());
        Enter(destination, before);
    }

    private void Put(KlaviyoProfile profile, KlaviyoAttributes given, KlaviyoProfile? before)
    {
        state.Lift(profile);
        profile.Email = given.Has("email") ? given.Email : profile.Email;
        profile.Phone = given.Has("phone_number") ? given.Phone : profile.Phone;
        profile.ExternalId = given.Has("external_id") ? given.ExternalId : profile.ExternalId;
        foreach (var name in KlaviyoAttributes.Texts.Where(given.Has))
            profile.Texts[name] = given.Text(name);
        Take(given.In("location"), profile.Location);
        Take(given.In("properties"), profile.Properties);
        Enter(profile, before);
    }

    private void Enter(KlaviyoProfile profile, KlaviyoProfile? before)
    {
        profile.Updated = clock.Now;
        state.Enter(profile);
        state.Lag.Hold(profile, before, clock.Now, faults.SearchLag);
    }

    private static void Take(IEnumerable<JsonProperty> given, Dictionary<string, JsonNode?> into)
    {
        foreach (var member in given)
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                into.Remove(member.Name);
            else
                into[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }
    }

    private KlaviyoProfile? Owner(KlaviyoAttributes given, KlaviyoProfile? but) =>
        new[] { state.WithExternalId(given.ExternalId), state.WithEmail(given.Email), state.WithPhone(given.Phone) }.FirstOrDefault(other => other is not null && other != but);
}
