namespace StackHub.Sandbox.Vendors.Zendesk.Records;

/// <summary>A custom field of users or organizations.</summary>
internal sealed record ZendeskField(long Id, string Key, string Type, string Title, DateTimeOffset CreatedAt)
{
    public bool Active { get; init; } = true;
}
