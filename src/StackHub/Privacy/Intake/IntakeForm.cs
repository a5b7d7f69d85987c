using StackHub.Identity;
using StackHub.Privacy.Clocks;

namespace StackHub.Privacy.Intake;

/// <summary>A request as a visitor fills it in; it never prints.</summary>
/// <param name="Ticket">Made with the page: the same form sent twice is one request.</param>
public sealed record IntakeForm(IReadOnlyList<PrivacyRequestKind> Kinds, string Email, string? Phone, string? Place, string? Message, string Ticket)
{
    public const int LongestMessage = 4_000;

    /// <summary>What keeps it from being filed, by field; the words repeat nothing.</summary>
    public IEnumerable<FieldProblem> Problems(LawBook laws, string? phoneRegion)
    {
        if (Kinds.Count == 0)
            yield return new("kind", "Choose at least one thing you ask for.");
        if (EmailKey.From(Email) is null)
            yield return new("email", "Write an e-mail address such as name@example.com.");
        if (Phone is not null && PhoneKey.From(Phone, phoneRegion) is null)
            yield return new("phone", "Write a phone number with its country code, such as +49 30 123456, or leave it out.");
        if (Place is not null && laws.Holidays.Find(Place) is null)
            yield return new("place", "Choose a country or state from the list.");
        if (Message is { Length: > LongestMessage })
            yield return new("message", $"Write at most {LongestMessage} characters.");
    }

    public override string ToString() => "[intake form]";
}

/// <param name="Field">The form's field.</param>
public sealed record FieldProblem(string Field, string Words);
