using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace StackHub.Routing;

/// <summary>Which leads a rule for a part of them takes: always the same ones, and others for another rule.</summary>
public static class Experiment
{
    public static bool Takes(RoutingRule rule, LeadCase lead) => rule.Percent >= 100 || Percentile(rule.Name, lead.Lead.ToString()) < rule.Percent;

    /// <summary>0 to 99, evenly.</summary>
    private static int Percentile(string rule, string lead) =>
        (int)(((UInt128)BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\n{lead}"))) * 100) >> 64);
}
