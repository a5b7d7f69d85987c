using StackHub.Configuration;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Tasks;
using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>What somebody asks for.</summary>
/// <param name="By">Who files it: an officer, "public" for the form, the name of another company's system.</param>
/// <param name="Key">The same for the same submission, sent again.</param>
public sealed record SubmitCommand(IReadOnlyList<PrivacyRequestKind> Kinds, SubjectClaims Subject, string By, string Key)
{
    /// <summary>The laws it stands under, each with its place ("eu-gdpr/DE").</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>When it came in, where that was before now (a letter).</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>How an officer verified the person; null when nobody did yet.</summary>
    public string? VerifiedBecause { get; init; }

    /// <summary>What is to be put right, for the rectification among the kinds.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    public override string ToString() => $"submission of {Kinds.Count} kinds";
}

public abstract record SubmitAnswer
{
    private SubmitAnswer()
    {
    }

    /// <summary>Filed, or filed before: the numbers, in the order of the kinds.</summary>
    public sealed record Taken(IReadOnlyList<RequestId> Requests) : SubmitAnswer;

    /// <summary>Nothing was kept; the sentences repeat no value.</summary>
    public sealed record Invalid(IReadOnlyList<string> Problems) : SubmitAnswer;
}

/// <summary>
/// Files a submission: a request a kind, all of one group. The answer does not depend on whether the hub knows the person, and a request
/// that nobody verified takes no place that another could need.
/// </summary>
public sealed class SubmitPrivacyRequest(PrivacyStore store, TaskSignals signals, PrivacyTrail trail, HubModel model, HubKeys keys, LawBook laws, TimeProvider time)
{
    public async Task<SubmitAnswer> HandleAsync(SubmitCommand command, CancellationToken cancellationToken)
    {
        string[] problems = [.. Problems(command)];
        if (problems.Length > 0)
            return new SubmitAnswer.Invalid(problems);
        // What stops something is filed first, since it is carried out first.
        PrivacyRequestKind[] kinds = [.. command.Kinds.Distinct().OrderBy(kind => kind.NeedsVerification())];
        var ids = kinds.ToDictionary(kind => kind, kind => RequestId.Of(keys, $"{command.By}\n{command.Key}\n{kind}"));
        foreach (var kind in kinds)
            await FileAsync(command, kind, ids[kind], [.. ids.Values], cancellationToken);
        return new SubmitAnswer.Taken([.. command.Kinds.Distinct().Select(kind => ids[kind])]);
    }

    private async Task FileAsync(SubmitCommand command, PrivacyRequestKind kind, RequestId id, IReadOnlyList<RequestId> group, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var request = new PrivacyRequest(id, kind, command.Subject, command.ReceivedAt ?? now, command.By)
        {
            Group = group,
            Laws = [.. command.Laws.Where(law => laws[LawPlace.Parse(law).Law].TermFor(kind) is not null)],
            Corrections = kind == PrivacyRequestKind.Rectification ? command.Corrections : [],
            History = [new(now, command.By, PrivacyRequestState.Received, "filed")],
        };
        var reason = KindRules.OnlyStops(kind) ? "needs none: it only stops something" : command.VerifiedBecause;
        if (reason is not null && RequestMoves.Verify(request, new(KindRules.OnlyStops(kind) ? "hub" : command.By, reason, now)) is MoveAnswer.Moved verified)
            request = verified.Request;
        var filed = await store.AddAsync(request, command.Subject.Aliases(model.PhoneRegion).Select(alias => alias.Hash(keys)), cancellationToken);
        await trail.OpenAsync(id, keys.Hash("privacy-subject", command.Subject.Aliases(model.PhoneRegion).First().Text), cancellationToken);
        await trail.NoteAsync(id, "filed", PrivacyRequestKinds.Of(kind), "filed", cancellationToken);
        if (filed.State == PrivacyRequestState.Verified)
            await signals.WakeAsync(id, cancellationToken);
    }

    private IEnumerable<string> Problems(SubmitCommand command)
    {
        if (command.Kinds.Count == 0)
            yield return "Say what is asked for.";
        if (string.IsNullOrWhiteSpace(command.Key))
            yield return "A submission has a key of its own, so that it is not filed twice.";
        foreach (var problem in command.Subject.Problems(model.PhoneRegion))
            yield return problem;
        foreach (var problem in Correction.Problems(command.Corrections, model))
            yield return problem;
        foreach (var law in command.Laws)
            if (law.Split('/') is not [var name, var place] || laws.Find(name) is null || laws.Holidays.Find(place) is null)
                yield return "A law is named as law/place, such as eu-gdpr/DE; see the table of laws.";
    }
}
