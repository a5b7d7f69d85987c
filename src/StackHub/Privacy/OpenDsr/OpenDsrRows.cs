using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.OpenDsr;

/// <summary>Where controllers' requests lie, and the marks of those that somebody still has to be told of.</summary>
internal static class OpenDsrRows
{
    public const string OpenPartition = "opendsr-open";

    public static string Partition(HubKeys keys, string controller) => $"opendsr|{keys.Hash("opendsr controller", controller)}";

    public static TableRow Open(string partition, string row) => new(OpenPartition, $"{partition}|{row}", new Dictionary<string, object> { ["Partition"] = partition, ["Row"] = row });
}
