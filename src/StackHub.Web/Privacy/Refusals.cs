using StackHub.Privacy;
using StackHub.Web.Errors;

namespace StackHub.Web.Privacy;

/// <summary>The engine's refusals as problems.</summary>
internal static class Refusals
{
    public static readonly ProblemResult BadId = Problems.BadParameter("id", "a request's number: 32 hexadecimal digits");

    public static ProblemResult Unknown => Problems.NotFound("privacy-request");

    public static ProblemResult Of(MoveAnswer.Refused refused) => refused.Code switch
    {
        RequestRefusal.Unknown => Unknown,
        RequestRefusal.NotVerified => Problems.Refused(403, "not-verified", "Nobody has shown that it comes from the person", refused.Message),
        RequestRefusal.OwnSubmission or RequestRefusal.OwnDenial => Problems.Refused(403, "four-eyes", "It needs somebody else", refused.Message),
        RequestRefusal.PlanChanged => Problems.Conflict("plan-changed", "The plan is another one", refused.Message),
        RequestRefusal.Duplicate => Problems.Conflict("duplicate", "Another request is in its place", refused.Message),
        RequestRefusal.Incomplete => Problems.Refused(400, "incomplete", "Something is missing", refused.Message),
        _ => Problems.Conflict("wrong-state", "The request is not at that point", refused.Message),
    };
}
