using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace StackHub.Audit.Inventory;

/// <summary>Keeps the least hashes of ids that each come once.</summary>
public sealed class SketchBuilder
{
    private readonly SortedSet<ulong> least = [];
    private long count;

    public void Add(string id)
    {
        count++;
        var hash = Hash(id);
        if (least.Count < RecordSketch.Size)
            least.Add(hash);
        else if (hash < least.Max && least.Add(hash))
            least.Remove(least.Max);
    }

    public RecordSketch Build() => new(count, [.. least]);

    private static ulong Hash(string id) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
