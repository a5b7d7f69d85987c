using StackHub.Records;
using StackHub.Sync.DeadLetters;

namespace StackHub.Web.DeadLetters;

/// <summary>Work that did not succeed and waits to be replayed; its payload stays sealed in the store.</summary>
/// <param name="Code">The vendor's or the hub's code.</param>
/// <param name="Message">The vendor's words with every value taken out.</param>
/// <param name="Field">The canonical field that was refused; absent when it was the whole record.</param>
/// <param name="Queue">For a message that failed: its queue.</param>
public sealed record DeadLetterView(string Id, DateTimeOffset At, string Code, string Message, SystemId? System, RecordId? Record, RecordKind? Kind, string? Field, string? Queue)
{
    public static DeadLetterView Of(DeadLetter letter) => new(letter.Id, letter.At, letter.Code, letter.Message, letter.System, letter.Record, letter.Kind, letter.Field, letter.Queue);
}
