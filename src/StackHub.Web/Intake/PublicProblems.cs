using Microsoft.AspNetCore.Http;
using StackHub.Web.Errors;
using StackHub.Web.Shell;

namespace StackHub.Web.Intake;

/// <summary>Refusals as pages for anybody.</summary>
internal sealed class PublicProblems : IProblemWriter
{
    public static readonly PublicProblems Writer = new();

    public Task WriteAsync(HttpContext context, Problem problem) =>
        PublicPageResult.Of<MessagePage>(ProblemPages.TitleOf(problem), new MessageModel(ProblemPages.TitleOf(problem), Words(problem)), problem.Status).ExecuteAsync(context);

    private static string Words(Problem problem) => problem.Code switch
    {
        "no-such-route" => "The address may be old, or mistyped.",
        "internal" => "Something failed here. Try again in a while; nothing of what you sent was lost if you saw a confirmation.",
        _ => problem.Detail,
    };
}
