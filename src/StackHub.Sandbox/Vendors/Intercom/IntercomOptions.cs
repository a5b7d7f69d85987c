using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>How the simulated Intercom workspace behaves; the defaults are the published or assumed ones.</summary>
public sealed record IntercomOptions : VendorOptions
{
    public string AccessToken { get; init; } = "sandbox-ic-token";

    public string ClientSecret { get; init; } = "sandbox-ic-secret";

    public string AppId { get; init; } = "sandboxapp";

    public IReadOnlyList<string> Versions { get; init; } = ["2.13", "2.14", "2.15"];

    /// <summary>Calls within each ten-second slice of the clock.</summary>
    public int SliceCalls { get; init; } = 1_666;

    public TimeSpan Slice { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a scroll that nobody goes on with keeps others from beginning one.</summary>
    public TimeSpan ScrollLife { get; init; } = TimeSpan.FromMinutes(1);

    public int PerPage { get; init; } = 150;

    /// <summary>Times in searches count by whole days, as the OpenAPI file says; off, they count by seconds.</summary>
    public bool SearchByDay { get; init; } = true;

    /// <summary>Two users may not share an external id or an address.</summary>
    public bool RefuseDuplicates { get; init; } = true;

    /// <summary>A contact without an address is answered with null; off, with the empty string, as the OpenAPI file wants it.</summary>
    public bool MissingEmailAsNull { get; init; } = true;

    public int LongestText { get; init; } = 255;

    public int CustomAttributes { get; init; } = 250;
}
