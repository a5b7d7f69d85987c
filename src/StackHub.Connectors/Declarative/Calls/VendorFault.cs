using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative.Calls;

/// <summary>An error of the vendor's, as the file's rules understand it.</summary>
/// <param name="Message">The vendor's words, which may name values.</param>
internal sealed record VendorFault(ErrorMeaning Meaning, string Code, string Message, string? Field = null, TimeSpan? After = null)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <summary>Our own: nothing was sent.</summary>
    public static VendorFault NotSent(IReadOnlyList<string> faults) => new(ErrorMeaning.Refused, "not-sent", $"The call was not sent: {string.Join("; ", faults)}.");

    /// <summary>For what is not about an existing record; that one is looked for before.</summary>
    public WriteOutcome Outcome() => Meaning switch
    {
        ErrorMeaning.Gone => new WriteOutcome.Gone(),
        ErrorMeaning.Retry or ErrorMeaning.Exists => new WriteOutcome.Retry(Code, After ?? Later),
        _ => new WriteOutcome.Refused(Code, Message, Field),
    };

    public override string ToString() => $"{Meaning} {Code}";
}
