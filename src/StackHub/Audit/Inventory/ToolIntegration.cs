namespace StackHub.Audit.Inventory;

/// <summary>How well the connection to a tool works; what was not measured is null.</summary>
/// <param name="ErrorRate">Refused writes of all writes, 0 to 1.</param>
/// <param name="Lag">How far behind the tool the hub is.</param>
/// <param name="AuthAge">Since when the credential is the same.</param>
public sealed record ToolIntegration(double? ErrorRate, TimeSpan? Lag, TimeSpan? AuthAge)
{
    public static readonly ToolIntegration Unknown = new(null, null, null);

    /// <summary>Calls of the vendor's interface in its period (mostly a day), of all the company's clients.</summary>
    public long? CallsUsed { get; init; }

    public long? CallsAllowed { get; init; }

    public double? CallShare => CallsAllowed > 0 ? (double?)CallsUsed / CallsAllowed : null;

    /// <summary>Of a tool that is several systems, the worst of each.</summary>
    public static ToolIntegration Worst(ToolIntegration? one, ToolIntegration other) => one is null ? other : new(Most(one.ErrorRate, other.ErrorRate), Most(one.Lag, other.Lag), Most(one.AuthAge, other.AuthAge))
    {
        CallsUsed = (one.CallShare ?? -1) >= (other.CallShare ?? -1) ? one.CallsUsed : other.CallsUsed,
        CallsAllowed = (one.CallShare ?? -1) >= (other.CallShare ?? -1) ? one.CallsAllowed : other.CallsAllowed,
    };

    private static T? Most<T>(T? one, T? other) where T : struct, IComparable<T> => one is null ? other : other is null || one.Value.CompareTo(other.Value) >= 0 ? one : other;
}
