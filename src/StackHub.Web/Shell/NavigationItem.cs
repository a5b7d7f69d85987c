using System.Collections.Immutable;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Web.Security;

namespace StackHub.Web.Shell;

/// <summary>A part of the console: its entry in the navigation, and its routes.</summary>
/// <param name="Path">From "console/".</param>
/// <param name="Icon">A path in a square of 24, drawn as a line.</param>
public sealed record NavigationItem(string Group, string Path, string Title, string Icon, Action<IEndpointRouteBuilder> Map)
{
    /// <summary>Whom the entry is shown to; whoever may read when it is empty.</summary>
    public ImmutableArray<Role> For { get; init; } = [];

    internal bool IsFor(Caller caller) => For.IsEmpty || For.Any(caller.May);
}
