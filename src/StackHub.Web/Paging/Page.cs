namespace StackHub.Web.Paging;

/// <summary>A part of a list.</summary>
/// <param name="Items">May be fewer than were asked for, even none, while there is a <paramref name="Next"/>.</param>
/// <param name="Next">Send it as <c>cursor</c> for what follows; absent at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
