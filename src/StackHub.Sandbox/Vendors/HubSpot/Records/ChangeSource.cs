namespace StackHub.Sandbox.Vendors.HubSpot.Records;

/// <summary>Who made a change, as events and property history name it.</summary>
internal sealed record ChangeSource(string Name, string Id)
{
    public static ChangeSource App(int appId) => new("INTEGRATION", appId.ToString());

    public static readonly ChangeSource Person = new("CRM_UI", "userId:51430432");

    public static readonly ChangeSource Import = new("IMPORT", "12345");
}
