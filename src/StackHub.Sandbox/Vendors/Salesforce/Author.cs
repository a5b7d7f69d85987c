namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Who writes, and whether assignment rules may change the owner.</summary>
internal sealed record Author(string UserId, bool AutoAssign);
