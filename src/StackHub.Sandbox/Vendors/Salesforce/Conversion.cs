namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>What a lead conversion is asked to do.</summary>
internal sealed record Conversion(string Status = "Closed - Converted")
{
    public string? AccountId { get; init; }

    public string? ContactId { get; init; }

    public bool WithoutOpportunity { get; init; }

    public string? OpportunityName { get; init; }
}
