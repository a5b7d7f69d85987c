using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing.Policy;

/// <summary>The page of the rules in force.</summary>
internal static class RuleSetConsole
{
    public static void Map(IEndpointRouteBuilder console) => console.MapGet("routing/rules", Show).Allows(Role.Viewer);

    internal static IResult Show(HubModel model) => PageResult.Of<RuleSetPage>("Routing rules", new RuleSetPageModel(model.Routing is { } plan ? RuleSetModel.Of(plan) : null));
}
