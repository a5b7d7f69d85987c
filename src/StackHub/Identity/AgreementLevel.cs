namespace StackHub.Identity;

/// <summary>One outcome of one comparison: how often it occurs among pairs that are one person (m) and among pairs that are not (u).</summary>
public sealed record AgreementLevel(string Comparison, string Level, double M, double U)
{
    /// <summary>The evidence in bits: above zero for one person, below zero against.</summary>
    public double Weight => Math.Log2(M / U);
}
