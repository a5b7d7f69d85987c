using System.Globalization;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Receipts;
using StackHub.Web.SignIn;

namespace StackHub.Web.Intake;

/// <summary>What is shown to the person of their request.</summary>
internal sealed class IntakePerson(RequestInbox inbox, MakePackage packages, ReceiptDesk receipts, RequestSecrets secrets, LawBook laws, SealedText seals, TimeProvider time)
{
    private const string Purpose = "privacy package";
    private const string AppealPurpose = "privacy appeal";
    private static readonly TimeSpan AppealLife = TimeSpan.FromHours(1);

    public async Task<PersonModel?> FindAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(request.Id, cancellationToken) is not { } line)
            return null;
        var due = line.Due.Select(one => (DateOnly?)one.Row.Complete.Legal).Min();
        var zone = line.Due.Count > 0 ? laws.Holidays[line.Due[0].Row.Under.Place] : null;
        return new(request.Id.ToString(), KindChoice.WordsOf(request.Kind), StateOf(request.State), zone?.DayOf(request.ReceivedAt) ?? DateOnly.FromDateTime(request.ReceivedAt.UtcDateTime), due, line.Words)
        {
            Denied = request.Denial?.Ground,
            Appeal = request.Denial?.Appeal,
            AppealPass = RequestMoves.MayAppeal(request) ? AppealPass(request.Id) : null,
            Appealed = request.Appeal?.Answer is { Granted: false } answer ? answer.Reason : null,
            Pass = await packages.FindAsync(request.Id, cancellationToken) is { } made ? Pass(made.Subject, made.Link) : null,
            Receipt = await receipts.GetAsync(request.Id, cancellationToken) is ReceiptAnswer.Issued issued ? issued.Text : null,
            Secret = (await secrets.FindAsync(request.Id.ToString(), cancellationToken))?.Reveal(),
        };
    }

    /// <summary>Whoever showed just now that the request is theirs, and the link to their package.</summary>
    public string Pass(string subject, string link) => seals.Seal(Purpose, string.Create(CultureInfo.InvariantCulture, $"{subject}\n{time.GetUtcNow().ToUnixTimeSeconds()}\n{link}"));

    /// <summary>The request, for whoever showed not long ago that it is theirs; null otherwise.</summary>
    public RequestId? MayAppeal(string pass) =>
        seals.Open(AppealPurpose, pass)?.Split('\n', 2) is [var reference, var at] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < AppealLife
            ? RequestId.TryParse(reference)
            : null;

    /// <summary>Whoever presented the code of a request, just now.</summary>
    public async Task<Reauthentication> ShownAsync(PrivacyRequest request, CancellationToken cancellationToken) => new(await packages.SubjectOfAsync(request, cancellationToken), time.GetUtcNow());

    /// <summary>Null for what is no pass of ours.</summary>
    public (Reauthentication Shown, string Link)? Open(string pass) =>
        seals.Open(Purpose, pass)?.Split('\n', 3) is [var subject, var at, var link] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (new(subject, DateTimeOffset.FromUnixTimeSeconds(seconds)), link)
            : null;

    private string AppealPass(RequestId id) => seals.Seal(AppealPurpose, string.Create(CultureInfo.InvariantCulture, $"{id}\n{time.GetUtcNow().ToUnixTimeSeconds()}"));

    private static string StateOf(PrivacyRequestState state) => state switch
    {
        PrivacyRequestState.Received => "received; it waits for your code",
        PrivacyRequestState.Verified or PrivacyRequestState.NeedsReview or PrivacyRequestState.Planned or PrivacyRequestState.Approved => "confirmed; we are looking at it",
        PrivacyRequestState.InProgress => "being carried out",
        PrivacyRequestState.Partial => "done in part",
        PrivacyRequestState.Complete => "done",
        PrivacyRequestState.Denied => "denied",
        PrivacyRequestState.Appealed => "denied; your appeal is being looked at",
        PrivacyRequestState.Cancelled => "taken back",
        _ => "closed: it was never confirmed",
    };
}
