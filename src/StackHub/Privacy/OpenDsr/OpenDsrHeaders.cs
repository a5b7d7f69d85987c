using StackHub.Permissions;

namespace StackHub.Privacy.OpenDsr;

/// <summary>
/// The headers of answers and callbacks. The specification was renamed twice, and its users name them X-OpenDSR-…, X-OpenGDPR-… or
/// X-OpenCompliance-…; which one is configured.
/// </summary>
public static class OpenDsrHeaders
{
    public static string Domain(OpenDsrSettings settings) => $"X-{settings.HeaderPrefix}-Processor-Domain";

    public static string Signature(OpenDsrSettings settings) => $"X-{settings.HeaderPrefix}-Signature";

    public static IEnumerable<(string Name, string Value)> Of(OpenDsrSettings settings, string signature) =>
        [(Domain(settings), settings.Domain), (Signature(settings), signature)];
}
