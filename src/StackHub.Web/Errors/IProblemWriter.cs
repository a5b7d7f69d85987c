using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Errors;

/// <summary>How a request wants its refusals, as a feature of the request; JSON unless there is one.</summary>
internal interface IProblemWriter
{
    Task WriteAsync(HttpContext context, Problem problem);
}
