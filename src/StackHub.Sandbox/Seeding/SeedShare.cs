namespace StackHub.Sandbox.Seeding;

/// <summary>Which part of the people and companies a further vendor keeps, and what it calls a person.</summary>
internal sealed record SeedShare(string Vendor, string PersonType, double People, double Companies);
