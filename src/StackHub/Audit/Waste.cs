namespace StackHub.Audit;

/// <summary>Money a year that nobody gets anything for, in one currency. Each seat and each tool counts once, under its first cause.</summary>
public sealed record Waste(string Currency, decimal UnusedSeats, decimal UnusedTools)
{
    public decimal Total => UnusedSeats + UnusedTools;
}
