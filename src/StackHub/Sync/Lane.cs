namespace StackHub.Sync;

/// <summary>People's edits overtake bulk loads.</summary>
public enum Lane
{
    Interactive = 0,
    Bulk = 1,
}
