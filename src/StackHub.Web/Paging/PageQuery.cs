using Microsoft.AspNetCore.Mvc;

namespace StackHub.Web.Paging;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Cursor">The <c>next</c> of the page before; absent for the first page.</param>
/// <param name="Take">Items a page, 1 to 200; 50 unless told.</param>
internal readonly record struct PageQuery([FromQuery(Name = "cursor")] string? Cursor, [FromQuery(Name = "take")] string? Take);
