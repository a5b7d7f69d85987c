namespace StackHub.Sandbox.Vendors.Klaviyo.Filters;

/// <summary>One comparison of a filter: any(id,["a","b"]), greater-than(updated,2026-01-01T00:00:00Z).</summary>
internal sealed record FilterCall(string Operator, string Field, IReadOnlyList<string> Values);
