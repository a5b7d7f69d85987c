using StackHub.Records;

namespace StackHub.Sync.DeadLetters;

/// <summary>Work that did not succeed and will not be tried again on its own. It keeps what is needed to replay it; never a value.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Code">The vendor's or the hub's code.</param>
/// <param name="Message">The vendor's words with every value taken out.</param>
public sealed record DeadLetter(string Id, DateTimeOffset At, string Code, string Message)
{
    public SystemId? System { get; init; }

    public RecordId? Record { get; init; }

    public RecordKind? Kind { get; init; }

    /// <summary>The canonical field that was refused; null when it was the whole record.</summary>
    public string? Field { get; init; }

    /// <summary>For a message that failed: its queue, and its body as it was (sealed where it carries a payload).</summary>
    public string? Queue { get; init; }

    public string? Body { get; init; }
}
