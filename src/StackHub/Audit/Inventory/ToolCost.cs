namespace StackHub.Audit.Inventory;

/// <summary>What a tool costs: by the year, by the seat and month, or both.</summary>
public sealed record ToolCost(decimal? PerYear, decimal? SeatPerMonth = null, string Currency = ToolCost.DefaultCurrency)
{
    public const string DefaultCurrency = "USD";

    public bool IsFree => (PerYear ?? 0) == 0 && (SeatPerMonth ?? 0) == 0;
}
