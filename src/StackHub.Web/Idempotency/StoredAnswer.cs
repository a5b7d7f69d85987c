namespace StackHub.Web.Idempotency;

/// <summary>An answer as it was given, to be given again.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, byte[] Body);
