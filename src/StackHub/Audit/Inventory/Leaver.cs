using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>Somebody whose account at the identity provider is disabled.</summary>
/// <param name="Since">Null when the list does not say.</param>
public sealed record Leaver(UserId User, LocalDate? Since);
