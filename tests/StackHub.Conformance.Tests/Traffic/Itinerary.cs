using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>One tour: which vendor in which state, and where it goes besides what every tour sees.</summary>
internal sealed record Itinerary(string Vendor, Func<Task<(VendorUnderTest UnderTest, VendorSandbox Sandbox)>> StartAsync)
{
    /// <summary>Options that the vendor's choice fields have; a choice that is not here is left out.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    /// <summary>Where this vendor differs from the others.</summary>
    public Func<Tour, Task> DetourAsync { get; init; } = _ => Task.CompletedTask;
}
