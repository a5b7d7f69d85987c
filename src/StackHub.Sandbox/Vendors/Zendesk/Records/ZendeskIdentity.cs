namespace StackHub.Sandbox.Vendors.Zendesk.Records;

/// <summary>One way a user is known: an address, mostly.</summary>
internal sealed record ZendeskIdentity(long Id, string Type, string Value, DateTimeOffset CreatedAt)
{
    public bool Primary { get; set; }

    public bool Verified { get; set; }
}
