using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using StackHub.Security;

namespace StackHub.Web.Security;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Id">A key's id ("key:…") or the platform's id of a person ("user:…").</param>
public sealed record Caller(string Id, ImmutableArray<Role> Roles)
{
    /// <summary>Every role of the company's own may read.</summary>
    public bool May(Role role) => role == Role.Viewer ? Roles.Any(own => own != Role.Controller) : Roles.Contains(role);

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The gate was not passed.");
}
