namespace StackHub.Connectors.Salesforce;

/// <summary>A collections call's results, or why the whole call was refused.</summary>
internal sealed record SaveAnswer(IReadOnlyList<SaveResult> Results, SalesforceError? Refusal)
{
    public override string ToString() => Refusal?.Code ?? $"{Results.Count} results";
}
