using Microsoft.AspNetCore.Http;
using StackHub.Web.Errors;

namespace StackHub.Web.Shell;

/// <summary>Refusals as pages, for people.</summary>
internal sealed class ProblemPages : IProblemWriter
{
    public static readonly ProblemPages Writer = new();

    public Task WriteAsync(HttpContext context, Problem problem) =>
        new PageResult(typeof(ProblemPage), TitleOf(problem), problem) { Status = problem.Status }.ExecuteAsync(context);

    public static string TitleOf(Problem problem) => problem.Code == "no-such-route" ? "There is no such page" : problem.Title;
}
