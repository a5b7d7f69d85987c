namespace StackHub.Sandbox.Vendors.HubSpot.Records;

/// <summary>One value a property had, since when, and who set it.</summary>
internal readonly record struct PropertyVersion(string Value, DateTimeOffset At, ChangeSource Source);
