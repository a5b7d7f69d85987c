using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using StackHub.Security;
using StackHub.Web.Errors;

namespace StackHub.Web.Security;

/// <summary>The role a route needs; an api route without one is answered to nobody.</summary>
/// <param name="Or">A role that will do as well; null for none.</param>
internal sealed record RequiredRole(Role Role, Role? Or = null)
{
    public bool Allows(Caller caller) => caller.May(Role) || (Or is { } other && caller.May(other));
}

/// <summary>A route that everyone may call.</summary>
internal sealed record Anonymous;

internal static class RequiredRoleExtensions
{
    private static readonly string[] ProblemTypes = [Problem.ContentType];

    /// <summary>Says which role the route needs, and documents the problems every such route may answer.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Role role, params ReadOnlySpan<int> problems) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new RequiredRole(role));
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 429, 500, .. problems])
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ProblemTypes));
        return builder;
    }

    /// <summary>The same where either of two roles will do.</summary>
    public static TBuilder NeedsEither<TBuilder>(this TBuilder builder, Role role, Role or, params ReadOnlySpan<int> problems) where TBuilder : IEndpointConventionBuilder =>
        builder.Needs(role, problems).WithMetadata(new RequiredRole(role, or));

    public static TBuilder ForEveryone<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Anonymous());
}
