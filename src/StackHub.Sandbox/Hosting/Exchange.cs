namespace StackHub.Sandbox.Hosting;

/// <summary>One request and the answer the sandbox gave, as they were on the wire.</summary>
/// <param name="Vendor">The sandbox's name: "hubspot".</param>
/// <param name="Target">Path and query, still escaped.</param>
/// <param name="RequestHeaders">By lower-case name.</param>
public sealed record Exchange(string Vendor, string Method, string Target, IReadOnlyDictionary<string, string> RequestHeaders, ReadOnlyMemory<byte> RequestBody)
{
    public required int Status { get; init; }

    /// <summary>By lower-case name.</summary>
    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    public required ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>The bodies hold people.</summary>
    public override string ToString() => $"{Vendor} {Method} {Status}";
}
