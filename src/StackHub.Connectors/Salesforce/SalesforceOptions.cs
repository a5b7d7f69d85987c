namespace StackHub.Connectors.Salesforce;

/// <summary>One Salesforce organisation's settings, typed.</summary>
internal sealed record SalesforceOptions
{
    public required Uri LoginUrl { get; init; }

    public required string ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? RefreshToken { get; init; }

    /// <summary>PEM of the RSA key whose certificate the connected app holds (JWT bearer flow).</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The user the JWT bearer flow acts as.</summary>
    public string? Username { get; init; }

    public required string ApiVersion { get; init; }

    public string? OrganizationId { get; init; }

    public required string ClientName { get; init; }

    public required string HubIdField { get; init; }

    /// <summary>The object type a new person becomes.</summary>
    public required SalesforceObject CreatePeopleAs { get; init; }

    public string? WebhookToken { get; init; }

    /// <summary>The share of the organisation's daily calls this hub may use; null leaves only the organisation's own limit.</summary>
    public int? DailyCalls { get; init; }

    public required int Concurrency { get; init; }

    public required TimeSpan FeedLag { get; init; }

    /// <summary>Saves a record although one of the organisation's duplicate rules warns.</summary>
    public bool AllowDuplicates { get; init; }

    public bool FieldHistory { get; init; }

    public override string ToString() => "[Salesforce options]";
}
