namespace StackHub.Identity;

/// <summary>One line of an explanation: what was compared, how it came out and its weight in bits; holds no personal data.</summary>
public sealed record MatchStep(string Comparison, string Level, double Weight)
{
    public override string ToString() => FormattableString.Invariant($"{Comparison}: {Level} ({Weight:+0.0;-0.0;0.0})");
}
