using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// Writes the e-mail opt-out by suppression and subscription jobs, since no attribute of a profile changes it
/// (https://developers.klaviyo.com/en/docs/collect_email_and_sms_consent_via_api). The jobs tell nothing of a person, so it is read back.
/// </summary>
internal sealed class KlaviyoConsent(KlaviyoApi api, KlaviyoReader reader, KlaviyoOptions options, KlaviyoWaiting waiting)
{
    private const string Field = KlaviyoFields.OptOut;

    public async Task WriteAsync(IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var wanted = writes.Index().Where(entry => outcomes[entry.Index] is WriteOutcome.Stored && entry.Item.Fields.Any(field => field.VendorField == Field)).ToList();
        if (wanted.Count == 0)
            return;
        try
        {
            var profiles = await ProfilesAsync(wanted.Select(entry => IdOf(outcomes[entry.Index])), cancellationToken);
            foreach (var (index, write) in wanted.Where(entry => !profiles.ContainsKey(IdOf(outcomes[entry.Index]))))
                outcomes[index] = write.Target is null ? new WriteOutcome.Retry("profile_not_listed") : await reader.FateAsync(write, cancellationToken);
            var changes = wanted.Where(entry => outcomes[entry.Index] is WriteOutcome.Stored)
                .Select(entry => Settled(entry.Index, Wish(entry.Item), profiles[IdOf(outcomes[entry.Index])], outcomes)).OfType<Subscriber>().ToList();
            await SendAsync(changes, outcomes, cancellationToken);
            await ConfirmAsync(changes.FindAll(change => outcomes[change.Index] is WriteOutcome.Stored), outcomes, cancellationToken);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the rest of the record is stored; writing it again does no harm
        {
            foreach (var (index, _) in wanted.Where(entry => outcomes[entry.Index] is WriteOutcome.Stored { Values: var values } && values?.ContainsKey(Field) is not true))
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
        }
    }

    /// <summary>What would be sent for those who have the other consent now, by the address where it is written too.</summary>
    public IEnumerable<PlannedRequest> Preview(IReadOnlyList<RecordWrite> writes)
    {
        foreach (var write in writes.Where(write => Wish(write) is true))
        {
            var email = write.Fields.FirstOrDefault(field => field.VendorField == KlaviyoFields.Email).Value.Text ?? "{email}";
            if (KlaviyoConsentStep.Decide(isOptOutWanted: true, KlaviyoSubscription.Unknown, options) is not KlaviyoConsentStep.Refuse and var step)
                yield return Planned(Request(step, [email]));
        }
    }

    private static PlannedRequest Planned(KlaviyoJobRequest request) => new("POST", request.Path, request.Body.ToJsonString());

    /// <summary>Null when nothing is said: then the consent stays and is told as it is.</summary>
    private static bool? Wish(RecordWrite write) =>
        bool.TryParse(write.Fields.FirstOrDefault(field => field.VendorField == Field).Value.Text, out var isOptOut) ? isOptOut : null;

    private Task<Dictionary<string, KlaviyoProfile>> ProfilesAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        reader.ByIdAsync(ids, withSubscriptions: true, cancellationToken);

    /// <summary>The person, if a job must be sent for them; whatever needs none gets its outcome.</summary>
    private Subscriber? Settled(int index, bool? wish, KlaviyoProfile profile, WriteOutcome[] outcomes)
    {
        var isOptOut = wish ?? profile.Subscription.IsOptedOut(options.List);
        var step = KlaviyoConsentStep.Decide(isOptOut, profile.Subscription, options);
        if (step is KlaviyoConsentStep.Nothing)
            outcomes[index] = With(outcomes[index], isOptOut);
        else if (step is KlaviyoConsentStep.Refuse refuse)
            outcomes[index] = new WriteOutcome.Refused(refuse.Code, refuse.Message, Field);
        else if (profile.Email is null)
            outcomes[index] = new WriteOutcome.Refused("NO_EMAIL", "Klaviyo keeps this consent by address, and this profile has none.", Field);
        else
            return new(index, profile.Id!, profile.Email, isOptOut, step);
        return null;
    }

    private async Task SendAsync(List<Subscriber> changes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        foreach (var group in changes.GroupBy(change => change.Step))
        {
            foreach (var chunk in group.Chunk(KlaviyoJobRequest.Most))
            {
                var reply = await api.StartAsync(Request(group.Key, [.. chunk.Select(change => change.Email).Distinct(StringComparer.OrdinalIgnoreCase)]), cancellationToken);
                foreach (var change in chunk.Where(_ => !reply.IsSuccess))
                    outcomes[change.Index] = new WriteOutcome.Refused(reply.Error?.Code ?? "refused", reply.Error?.Detail ?? "", Field);
            }
        }
    }

    private static KlaviyoJobRequest Request(KlaviyoConsentStep step, List<string> emails) => step switch
    {
        KlaviyoConsentStep.Suppress => KlaviyoJobRequest.Suppress(emails),
        KlaviyoConsentStep.Unsuppress => KlaviyoJobRequest.Unsuppress(emails),
        KlaviyoConsentStep.Unsubscribe unsubscribe => KlaviyoJobRequest.Unsubscribe(unsubscribe.List, emails),
        KlaviyoConsentStep.Subscribe subscribe => KlaviyoJobRequest.Subscribe(subscribe.List, emails),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>An opt-out that does not show is tried again; an opt-in may wait for the person's own confirmation, so what is there now is told.</summary>
    private async Task ConfirmAsync(List<Subscriber> changes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var open = changes;
        await waiting.UntilAsync(changes.Count == 0 ? TimeSpan.Zero : options.JobWait, async token =>
        {
            var profiles = open.Count == 0 ? [] : await ProfilesAsync(open.Select(change => change.Id), token);
            foreach (var change in open.Where(change => IsDone(change, profiles)))
                outcomes[change.Index] = With(outcomes[change.Index], change.IsOptOut);
            open = open.FindAll(change => !IsDone(change, profiles));
            return open.Count == 0;
        }, cancellationToken);
        foreach (var change in open)
            outcomes[change.Index] = change.IsOptOut ? new WriteOutcome.Retry("opt_out_not_confirmed") : With(outcomes[change.Index], isOptOut: true);
    }

    private bool IsDone(Subscriber change, Dictionary<string, KlaviyoProfile> profiles) =>
        profiles.GetValueOrDefault(change.Id) is { } profile && profile.Subscription.IsOptedOut(options.List) == change.IsOptOut;

    private static WriteOutcome.Stored With(WriteOutcome outcome, bool isOptOut)
    {
        var stored = (WriteOutcome.Stored)outcome;
        return stored with { Values = new Dictionary<string, string?>(stored.Values ?? new Dictionary<string, string?>()) { [Field] = isOptOut ? "true" : "false" } };
    }

    private static string IdOf(WriteOutcome outcome) => ((WriteOutcome.Stored)outcome).Ref.Id;

    private sealed record Subscriber(int Index, string Id, string Email, bool IsOptOut, KlaviyoConsentStep Step)
    {
        public override string ToString() => "[subscriber]";
    }
}
