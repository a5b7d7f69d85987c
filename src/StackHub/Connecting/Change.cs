using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>Something a system said: by a webhook, a feed or an answer.</summary>
public abstract record Change(ExternalRef Ref)
{
    /// <summary>Values as the system has them.</summary>
    public sealed record Seen(ExternalRecord Record) : Change(Record.Ref)
    {
        /// <summary>When it was asked for, on the hub's clock; null where the system sent it by itself.</summary>
        public DateTimeOffset? AskedAt { get; init; }

        public override string ToString() => $"seen {Ref}";
    }

    /// <summary>The record changed and must be read to know how.</summary>
    public sealed record Touched(ExternalRef Ref) : Change(Ref);

    /// <summary>The record is gone from the system (deleted or archived).</summary>
    public sealed record Deleted(ExternalRef Ref, DateTimeOffset At) : Change(Ref);

    /// <summary>The record goes on as another one: a merge's survivor, or the contact a lead was converted to.</summary>
    public sealed record Moved(ExternalRef Ref, ExternalRef To, DateTimeOffset At) : Change(Ref);

    /// <summary>The person was erased in the system by a privacy request there.</summary>
    public sealed record PrivacyDeleted(ExternalRef Ref, DateTimeOffset At) : Change(Ref);
}
