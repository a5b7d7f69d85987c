using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Routing.Reading;
using StackHub.Routing.Simulating;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing.Simulating;

/// <summary>The page on which rules are tried.</summary>
internal static class SimulationConsole
{
    /// <summary>Of the leads that would move so many are shown; the command line and the API tell all.</summary>
    private const int MostMoves = 200;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("routing/simulations", Show).Allows(Role.Operator);
        console.MapPost("routing/simulations", RunAsync).Allows(Role.Operator);
    }

    internal static IResult Show(HubModel model) => Page(new(model.Routing?.Version, "", "30d", "", ""));

    /// <summary>Nothing is written, so the answer is the page itself, and sending the form again does no harm.</summary>
    internal static async Task<IResult> RunAsync(HttpContext context, HubModel model, SimulationDesk desk, RecordNames names, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var rules = form.Files.GetFile("file") is { Length: > 0 } file ? await TextAsync(file, cancellationToken) : form["rules"].ToString();
        var sent = new SimulationModel(model.Routing?.Version, rules, form["last"].ToString(), form["warmUp"].ToString(), form["within"].ToString());
        var (window, wrong) = SimulationSpans.Read(sent.Last, sent.WarmUp, sent.Within);
        if (model.Routing is null || window is null)
            return Page(sent with { Wrong = wrong }, StatusCodes.Status422UnprocessableEntity);
        var candidate = RoutingCandidate.Read(rules, model, "rules");
        if (candidate.Plan is not { } plan)
            return Page(sent with { Problems = [.. candidate.Problems.Select(RulePlace.Of)] }, StatusCodes.Status422UnprocessableEntity);
        var result = SimulationView.Of(await desk.RunAsync(plan, window, cancellationToken), candidate.Findings, MostMoves);
        return Page(sent with { Result = result, Names = await names.OfAsync(result.Moves.Select(move => move.Lead), cancellationToken) });
    }

    private static async Task<string> TextAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static PageResult Page(SimulationModel model, int status = StatusCodes.Status200OK) => new(typeof(SimulationPage), "Try rules", model) { Status = status };
}
