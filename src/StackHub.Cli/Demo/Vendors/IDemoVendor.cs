using System.Collections.Immutable;
using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo.Vendors;

/// <summary>What the demo, the check and the end-to-end tests know of one simulated vendor; a new one is a file here and a line in the list.</summary>
public interface IDemoVendor
{
    /// <summary>Of the vendor, and of the system in the demo's configuration.</summary>
    string Name { get; }

    /// <summary>The person's job title as the vendor names it in an edit and in what it shows.</summary>
    string JobTitle { get; }

    /// <summary>What the vendor grants the demo beyond its usual limits.</summary>
    SandboxOptions Grant(SandboxOptions options) => options;

    /// <summary>The system's part of stackhub.yaml, from the system's name on, without indentation. Sets the variables it refers to.</summary>
    string Configuration(VendorSandbox sandbox);

    /// <summary>What its part of stackhub.yaml has besides where leads are qualified and routed; lines as in <see cref="Configuration"/>.</summary>
    string LeadConfiguration => "";

    /// <summary>The ids of the people who can own records there, by their addresses.</summary>
    IReadOnlyDictionary<string, string> Owners(VendorSandbox sandbox) => ImmutableDictionary<string, string>.Empty;

    /// <summary>Where its webhooks go; null when it sends none.</summary>
    string? Hook => $"hooks/{Name}";

    /// <summary>Reads it without the hub.</summary>
    IRawReader Reader(VendorSandbox sandbox);
}
