namespace StackHub.Connecting.Checks;

/// <summary>One promise of a connector, and how it is tried.</summary>
public sealed record ConnectorCheck(string Name, Func<CheckSubject, CancellationToken, Task> Try)
{
    /// <summary>Whether the connector makes the promise at all.</summary>
    public Func<CheckSubject, bool> AppliesTo { get; init; } = _ => true;

    public override string ToString() => Name;
}

/// <summary>What became of a check; the reason is empty when it passed.</summary>
public sealed record CheckResult(string Name, bool Passed, string Reason)
{
    public static async Task<CheckResult> OfAsync(ConnectorCheck check, CheckSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            await check.Try(subject, cancellationToken);
            return new(check.Name, true, "");
        }
        catch (Exception e) when (e is CheckFailedException or VendorUnavailableException)
        {
            return new(check.Name, false, e.Message);
        }
    }
}
