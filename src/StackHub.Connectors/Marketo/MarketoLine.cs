using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>What became of one record of a call: its line, the error it was refused with, or no answer.</summary>
internal sealed record MarketoLine(MarketoItem Item, MarketoError? Error, VendorUnavailableException? Failure)
{
    /// <summary>What a deletion came to: what is not there is gone too.</summary>
    public WriteOutcome Deletion =>
        Failure is not null ? Retry
        : Error is null || MarketoErrors.IsMissing(Error) ? new WriteOutcome.Gone()
        : MarketoErrors.Refused(Error, write: null);

    public WriteOutcome.Retry Retry => Failure is null ? new("a line without a status", Uncertain: true) : Of(Failure);

    public static WriteOutcome.Retry Of(VendorUnavailableException failure) => new(failure.Reason, failure.RetryAfter, failure.Uncertain);

    public static MarketoLine Of(MarketoItem item) => new(item, item.Status is "skipped" ? item.Reason ?? new(null, null) : null, Failure: null);

    public static MarketoLine Refused(MarketoError error) => new(default, error, Failure: null);

    public static MarketoLine Unanswered(VendorUnavailableException failure) => new(default, Error: null, failure);
}
