using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Storage;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>The account's profiles, found by each of their identifiers.</summary>
internal sealed class KlaviyoState
{
    private readonly Dictionary<string, KlaviyoProfile> byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, KlaviyoProfile> byPhone = [];
    private readonly Dictionary<string, KlaviyoProfile> byExternalId = [];
    private readonly Sequence numbers = new();

    public Dictionary<string, KlaviyoProfile> Profiles { get; } = [];

    public ModifiedIndex<KlaviyoProfile> Modified { get; } = new(profile => profile.Number);

    public IndexLag<KlaviyoProfile> Lag { get; } = new();

    /// <summary>26 characters that sort by age, as Klaviyo's ids do.</summary>
    public KlaviyoProfile New(DateTimeOffset now)
    {
        var number = numbers.Next();
        return new(number, $"01HSBX{number:D20}", now) { Updated = now };
    }

    public KlaviyoProfile? WithEmail(string? email) => email is null ? null : byEmail.GetValueOrDefault(email);

    public KlaviyoProfile? WithPhone(string? phone) => phone is null ? null : byPhone.GetValueOrDefault(phone);

    public KlaviyoProfile? WithExternalId(string? id) => id is null ? null : byExternalId.GetValueOrDefault(id);

    public void Enter(KlaviyoProfile profile)
    {
        Profiles[profile.Id] = profile;
        Modified.Put(profile, profile.Updated);
        if (profile.Email is { } email)
            byEmail[email] = profile;
        if (profile.Phone is { } phone)
            byPhone[phone] = profile;
        if (profile.ExternalId is { } externalId)
            byExternalId[externalId] = profile;
    }

    /// <summary>Takes the identifiers back before they change.</summary>
    public void Lift(KlaviyoProfile profile)
    {
        if (profile.Email is { } email)
            byEmail.Remove(email);
        if (profile.Phone is { } phone)
            byPhone.Remove(phone);
        if (profile.ExternalId is { } externalId)
            byExternalId.Remove(externalId);
    }

    public void Remove(KlaviyoProfile profile)
    {
        Lift(profile);
        Modified.Remove(profile);
        Profiles.Remove(profile.Id);
    }
}
