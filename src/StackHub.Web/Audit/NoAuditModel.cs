namespace StackHub.Web.Audit;

/// <summary>There is no report yet.</summary>
public sealed record NoAuditModel;
