namespace StackHub.Audit;

/// <summary>How much a finding matters, the least first.</summary>
public enum Severity
{
    Info,
    Low,
    Medium,
    High,
}
