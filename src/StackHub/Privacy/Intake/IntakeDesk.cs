using StackHub.Configuration;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Verification;

namespace StackHub.Privacy.Intake;

/// <summary>What came of a visitor's form.</summary>
public abstract record IntakeAnswer
{
    private IntakeAnswer()
    {
    }

    /// <summary>Filed, or filed before. Visitors are not told the numbers: those go with the code, to whoever has the address.</summary>
    public sealed record Received(IReadOnlyList<RequestId> Requests) : IntakeAnswer;

    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : IntakeAnswer;
}

/// <summary>
/// Takes requests from anybody. Nothing here looks anybody up, so no answer and no time it takes tells whether the hub knows an address;
/// and only what was shown to be the visitor's own, the address a code went to, says whom a request is about.
/// </summary>
public sealed class IntakeDesk(FileRequest file, RequestDesk desk, PrivacyStore store, IdentityVerification verification, MailboxLimit mailboxes, MakePackage packages, IntakeNotes notes, RecordConsent consent, PrivacyTrail trail, HubModel model, LawBook laws, TimeProvider time)
{
    public const string By = "public";
    private const string Nobody = "nobody";
    private static readonly PublicAnswer Thanks = new(200, "Thank you. Your request is confirmed.");
    private static readonly PublicAnswer Closed = new(409, "This request was closed meanwhile. Send a new one.");

    public async Task<IntakeAnswer> SubmitAsync(IntakeForm form, CancellationToken cancellationToken)
    {
        FieldProblem[] problems = [.. form.Problems(laws, model.PhoneRegion)];
        if (problems.Length > 0)
            return new IntakeAnswer.Invalid(problems);
        var stops = await FileAsync(form, [.. form.Kinds.Where(KindRules.OnlyStops)], new() { Emails = [form.Email], Phones = form.Phone is { } phone ? [phone] : [] }, cancellationToken);
        var others = await FileAsync(form, [.. form.Kinds.Where(kind => !KindRules.OnlyStops(kind))], new() { Emails = [form.Email] }, cancellationToken);
        if (form.Kinds.Contains(PrivacyRequestKind.OptOutOfSale))
            await consent.OptOutOfSaleAsync(new() { Email = form.Email }, time.GetUtcNow(), "public form", cancellationToken);
        if (form.Kinds.Contains(PrivacyRequestKind.Objection) && KindRules.OnlyStops(PrivacyRequestKind.Objection))
            await consent.ObjectAsync(new() { Email = form.Email }, time.GetUtcNow(), "public form", cancellationToken);
        if (others is [var first, ..])
            await SendCodeAsync(first, first.ToString(), cancellationToken);
        return new IntakeAnswer.Received([.. stops, .. others]);
    }

    /// <summary>A code or a link's token, sent by a button: mail scanners only follow links.</summary>
    public async Task<PublicAnswer> ConfirmAsync(string? reference, string? code, string? token, CancellationToken cancellationToken)
    {
        var id = RequestId.TryParse(reference);
        var confirmation = token is not null
            ? await verification.ConfirmLinkAsync(id?.ToString() ?? Nobody, token, isPost: true, cancellationToken)
            : await verification.ConfirmCodeAsync(id?.ToString() ?? Nobody, code ?? "", isPost: true, cancellationToken);
        if (id is not { } request || confirmation is not (Confirmation.Confirmed or Confirmation.UsedBefore))
            return PublicAnswer.To(confirmation);
        return await VerifyAsync(request, confirmation, "code", "confirmed by a code sent to the address", cancellationToken);
    }

    /// <summary>Sends a code to look at a request with. The caller is told the same whether there is one.</summary>
    public async Task AskAsync(string? reference, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(reference) is { } id)
            await SendCodeAsync(id, ViewOf(id), cancellationToken);
    }

    /// <summary>Sends the person of a request a code again, to confirm it or to look at it; false when none was sent.</summary>
    public Task<bool> SendAsync(PrivacyRequest request, CancellationToken cancellationToken) =>
        SendCodeAsync(request.Id, request.Verification is null ? request.Id.ToString() : ViewOf(request.Id), cancellationToken);

    /// <summary>Makes a code that an officer sees and brings to the person, where that is allowed; the code before is over. False when none was made.</summary>
    public async Task<bool> IssueByHandAsync(PrivacyRequest request, string by, CancellationToken cancellationToken)
    {
        if (!model.Privacy.CodesByHand || request.Verification is not null || request.Subject.Emails.Concat(request.Subject.Phones).FirstOrDefault() is not { } address
            || !await mailboxes.TakeAsync(address, cancellationToken) || !await verification.IssueAsync(request.Id.ToString(), CodeMessage.ByHand, address, cancellationToken))
            return false;
        await trail.NoteAsync(request.Id, "code by hand", $"issued to {by}, to be brought to the person", $"code-{time.GetUtcNow().ToUnixTimeMilliseconds()}", cancellationToken);
        return true;
    }

    /// <summary>The person told an officer the code that they were sent or brought; a wrong one counts as a try of theirs.</summary>
    public async Task<PublicAnswer> EnterAsync(RequestId id, string code, string by, CancellationToken cancellationToken)
    {
        var confirmation = await verification.ConfirmCodeAsync(id.ToString(), code, isPost: true, cancellationToken);
        return confirmation is Confirmation.Confirmed or Confirmation.UsedBefore ? await VerifyAsync(id, confirmation, by, "the person told the code that was for their address", cancellationToken) : PublicAnswer.To(confirmation);
    }

    /// <summary>The request, and what came with it, for whoever presents the code to look at it; null for everybody else.</summary>
    public async Task<PrivacyRequest?> OpenAsync(string? reference, string? code, CancellationToken cancellationToken)
    {
        var id = RequestId.TryParse(reference);
        var confirmation = await verification.ConfirmCodeAsync(id is { } known ? ViewOf(known) : Nobody, code ?? "", isPost: true, cancellationToken);
        return id is { } request && confirmation is Confirmation.Confirmed ? await store.FindAsync(request, cancellationToken) : null;
    }

    /// <summary>The person, who showed just now that the request is theirs, wants its denial looked at again.</summary>
    /// <param name="words">What they want considered; null for nothing.</param>
    public async Task<MoveAnswer> AppealAsync(RequestId id, string? words, CancellationToken cancellationToken)
    {
        var answer = await desk.AppealAsync(id, By, null, cancellationToken);
        if (answer is MoveAnswer.Moved && words is not null)
            await notes.AddAsync(id, words, cancellationToken);
        return answer;
    }

    /// <summary>The challenge of looking at a request: another one than confirming it.</summary>
    public static string ViewOf(RequestId id) => $"view-{id}";

    private async Task<IReadOnlyList<RequestId>> FileAsync(IntakeForm form, IReadOnlyList<PrivacyRequestKind> kinds, SubjectClaims subject, CancellationToken cancellationToken)
    {
        if (kinds.Count == 0)
            return [];
        // The ticket alone would let one form name somebody and a second one redirect their code.
        var command = new SubmitCommand(kinds, subject, By, $"{form.Ticket}\n{form.Email}\n{form.Phone}\n{form.Place}") { Laws = [.. LawsOf(form.Place, kinds)] };
        return await file.HandleAsync(command, new(form.Message, form.Phone, form.Place), cancellationToken) is SubmitAnswer.Taken taken ? taken.Requests : [];
    }

    private IEnumerable<string> LawsOf(string? place, IReadOnlyList<PrivacyRequestKind> kinds)
    {
        string[] own = place is null ? [] : [.. kinds.SelectMany(kind => laws.ApplyingIn(place, kind)).Select(under => under.ToString()).Distinct()];
        return own.Length > 0 ? own : model.Privacy.Intake.Otherwise is { } otherwise ? [otherwise] : [];
    }

    /// <summary>To the address as it was filed, never as it was just sent.</summary>
    private async Task<bool> SendCodeAsync(RequestId id, string challenge, CancellationToken cancellationToken) =>
        await AddressOfAsync(id, cancellationToken) is { } address && await mailboxes.TakeAsync(address, cancellationToken)
            && await verification.IssueAsync(challenge, "email", address, cancellationToken);

    /// <summary>A request that was answered with a copy forgot whom it was about; the copy knows where its codes go as long as it is there.</summary>
    private async Task<string?> AddressOfAsync(RequestId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { Subject.Emails: [var address, ..] } ? address : (await packages.FindAsync(id, cancellationToken))?.Address;

    private async Task<PublicAnswer> VerifyAsync(RequestId id, Confirmation confirmation, string by, string reason, CancellationToken cancellationToken)
    {
        var request = await store.FindAsync(id, cancellationToken);
        if (confirmation is Confirmation.UsedBefore && request?.Verification is not null)
        {
            await trail.NoteAsync(id, "refused", "a code was used again", $"replayed-{time.GetUtcNow().ToUnixTimeMilliseconds()}", cancellationToken);
            return PublicAnswer.To(confirmation);
        }
        // Used before and not verified: the hub stopped between the two.
        var moved = true;
        foreach (var one in request?.Group ?? [])
            moved &= await desk.VerifyAsync(one, by, reason, cancellationToken) is MoveAnswer.Moved;
        if (request is { Subject.Emails: [var email, ..] } && await AsksAsync(request.Group, PrivacyRequestKind.Objection, cancellationToken))
            await consent.ObjectAsync(new() { Email = email }, time.GetUtcNow(), $"request {id}", cancellationToken);
        return moved ? Thanks : Closed;
    }

    private async Task<bool> AsksAsync(IEnumerable<RequestId> group, PrivacyRequestKind kind, CancellationToken cancellationToken)
    {
        foreach (var id in group)
            if (await store.FindAsync(id, cancellationToken) is { } request && request.Kind == kind)
                return true;
        return false;
    }
}
