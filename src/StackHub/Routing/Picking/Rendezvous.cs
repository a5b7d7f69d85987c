using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>
/// Weighted rendezvous hashing: each member draws a lot from the company's key and their own name, and the lowest -ln(lot)/weight wins. The
/// same company keeps its member, and a member who leaves moves only their own. The logarithm is computed with whole numbers, so that no
/// machine chooses differently.
/// </summary>
internal static class Rendezvous
{
    private const int FractionBits = 32;

    public static (PoolMember Chosen, PoolState State, string Why) Pick(List<PoolMember> eligible, PoolState state, string company)
    {
        var best = eligible.MinBy(member => ((UInt128)Lot(company, member.Owner) << 32) / (uint)member.Weight)!;
        return (best, state, "the same as for others of the company");
    }

    /// <summary>-log2 of a number in (0, 1] that the key and the name decide, with 32 binary places.</summary>
    private static ulong Lot(string company, OwnerId owner)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{company}\n{owner.Name}"));
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash) | 1;
        return (64UL << FractionBits) - Log2(number);
    }

    /// <summary>log2 by repeated squaring: exact in every place that is kept.</summary>
    private static ulong Log2(ulong number)
    {
        var whole = BitOperations.Log2(number);
        var (result, mantissa) = ((ulong)whole << FractionBits, number << (63 - whole));
        for (var bit = 1UL << (FractionBits - 1); bit > 0; bit >>= 1)
        {
            var square = (UInt128)mantissa * mantissa; // of a number in [1, 2) with 63 places: in [1, 4) with 126
            var isTwoOrMore = square >> 127 != 0;
            mantissa = (ulong)(square >> (isTwoOrMore ? 64 : 63));
            result |= isTwoOrMore ? bit : 0;
        }

        return result;
    }
}
