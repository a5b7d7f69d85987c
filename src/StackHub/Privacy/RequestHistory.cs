using System.Runtime.CompilerServices;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Metrics;
using StackHub.Privacy.Tasks;
using StackHub.Storage;

namespace StackHub.Privacy;

/// <summary>Every request there is, open or not: for figures and records, which are asked for now and then.</summary>
public sealed class RequestHistory(ITableStore tables, PrivacyStore store, Clocks.LawBook laws)
{
    private const string RequestRow = "request";
    private const string California = "us-ca-ccpa";

    public async IAsyncEnumerable<PrivacyRequest> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Privacy, TableRange.All, cancellationToken))
            if (row.Row == RequestRow && RequestId.TryParse(row.Partition) is { } id && await store.FindAsync(id, cancellationToken) is { } request)
                yield return request;
    }

    /// <summary>As California counts and keeps them: those that stand under its law.</summary>
    public async Task<IReadOnlyList<RequestOutcome>> CaliforniaAsync(CancellationToken cancellationToken)
    {
        var outcomes = new List<RequestOutcome>();
        await foreach (var request in AllAsync(cancellationToken))
            if (request.Laws.Any(law => law.StartsWith(California, StringComparison.OrdinalIgnoreCase)))
                outcomes.Add(Outcome(request, await store.TasksAsync(request.Id, cancellationToken)));
        return outcomes;
    }

    private RequestOutcome Outcome(PrivacyRequest request, IReadOnlyList<PrivacyTask> tasks)
    {
        var days = laws.Holidays["US-CA"];
        var answered = Since(request).LastOrDefault(step => step.To is PrivacyRequestState.Complete or PrivacyRequestState.Denied or PrivacyRequestState.Rejected)?.At;
        var denied = request.State is PrivacyRequestState.Denied or PrivacyRequestState.Appealed or PrivacyRequestState.Rejected;
        return new(
            request.Id.ToString(), request.Kind, Manner(request.SubmittedBy), days.DayOf(request.ReceivedAt), answered is { } at ? days.DayOf(at) : null,
            answered is null ? null : denied ? RequestAnswer.Denied : RequestAnswer.CompliedWith,
            request.Denial?.Ground ?? (request.State == PrivacyRequestState.Rejected ? "not verified" : tasks.SelectMany(task => task.Items).FirstOrDefault(item => item.Kept is not null)?.Kept?.Ground));
    }

    /// <summary>A denial stands while it is appealed; when the appeal was granted there was no answer yet.</summary>
    private static IEnumerable<RequestStep> Since(PrivacyRequest request) =>
        request.Appeal is { Answer.Granted: true } ? request.History.Skip(request.History.Select(step => step.To).ToList().LastIndexOf(PrivacyRequestState.Appealed) + 1) : request.History;

    private static string Manner(string by) => by switch
    {
        "public" => "form",
        _ when by.StartsWith("opendsr:", StringComparison.Ordinal) => "opendsr",
        _ when by.StartsWith(ErasedInTool.By, StringComparison.Ordinal) => "tool",
        _ when by.StartsWith("cli:", StringComparison.Ordinal) => "officer",
        _ => "api",
    };
}
