namespace StackHub.Privacy.Verification;

/// <summary>What the public is told: the same whether an address is known, a code is wrong, too old, locked or was never sent.</summary>
/// <param name="Status">As an HTTP status.</param>
public sealed record PublicAnswer(int Status, string Text)
{
    /// <summary>To whoever files a request or asks for a code, known or not.</summary>
    public static readonly PublicAnswer Received = new(202, "Thank you. If we can act on this request, a message with a code is on its way to the address you gave.");

    private static readonly PublicAnswer NotAccepted = new(422, "This code was not accepted. It may be wrong, too old, or used up: ask for a new one.");

    public static PublicAnswer To(Confirmation confirmation) => confirmation switch
    {
        Confirmation.Confirmed => new(200, "Thank you. Your request is confirmed."),
        Confirmation.FormOnly => new(200, "Press the button to confirm your request."),
        Confirmation.UsedBefore => new(409, "This was confirmed before. There is nothing more to do."),
        Confirmation.OtherRequest => new(403, "This link belongs to another request."),
        _ => NotAccepted,
    };
}
