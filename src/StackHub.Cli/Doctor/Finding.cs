using StackHub.Cli.Output;

namespace StackHub.Cli.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Area">Configuration, secrets, store, or a system's name.</param>
/// <param name="Cure">What to do; null when it is fine.</param>
public sealed record Finding(string Area, CheckState State, string Message, string? Cure = null)
{
    /// <summary>A vendor did not answer, so that nothing could be said of it.</summary>
    public bool Unavailable { get; init; }
}
