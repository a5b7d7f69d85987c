namespace StackHub.Connectors.Http;

/// <summary>
/// A request on its way through the handlers. Its address is a path until <see cref="TokenHandler"/> puts the base before it, because
/// some vendors (Salesforce) tell their base address only with the token.
/// </summary>
internal sealed class VendorRequest(VendorCall call, HttpMethod method, string path) : HttpRequestMessage(method, (Uri?)null)
{
    public VendorCall Call { get; } = call;

    /// <summary>From the base address, with its leading slash and query.</summary>
    public string Path { get; } = path;

    public static VendorCall CallOf(HttpRequestMessage request) => ((VendorRequest)request).Call;
}
