using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Sandbox;

/// <summary>How the sandbox starts: how many people, from which seed, on which clock.</summary>
public sealed record SandboxOptions
{
    public int People { get; init; } = 5000;

    public int Seed { get; init; } = 42;

    /// <summary>Off, every vendor starts empty.</summary>
    public bool SeedData { get; init; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ports by vendor name ("control" for the control API); a name that is missing gets a free one.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    public SalesforceOptions Salesforce { get; init; } = new();

    public HubSpotOptions HubSpot { get; init; } = new();

    public IntercomOptions Intercom { get; init; } = new();

    /// <summary>Options of further vendors; one that is missing has its defaults.</summary>
    public IReadOnlyList<VendorOptions> Others { get; init; } = [];

    public T Of<T>()
        where T : VendorOptions, new() => Others.OfType<T>().FirstOrDefault() ?? new();

    public SandboxOptions With<T>(Func<T, T> change)
        where T : VendorOptions, new() => this with { Others = [.. Others.Where(other => other is not T), change(Of<T>())] };
}
