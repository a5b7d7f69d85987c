namespace StackHub.Privacy.Verification;

/// <summary>Brings a code to somebody. Mail itself is outside the hub.</summary>
public interface ICodeSender
{
    /// <summary>Returns when it was taken over for delivery; throws when it was not. May be called again with the same message.</summary>
    Task SendAsync(CodeMessage message, CancellationToken cancellationToken);
}

/// <summary>A code and where it goes. It never prints either.</summary>
/// <param name="Id">The same when it is sent again, so that a receiver can tell.</param>
/// <param name="Channel">"email", "phone", or <see cref="ByHand"/>.</param>
/// <param name="Token">For the link that opens the form; it confirms only by POST.</param>
public sealed record CodeMessage(string Id, string Request, string Channel, string Address, string Code, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>An officer brings it over: it is never sent.</summary>
    public const string ByHand = "hand";

    public override string ToString() => $"code {Id} of request {Request}";
}
