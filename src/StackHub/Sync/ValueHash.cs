using System.Security.Cryptography;
using System.Text;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>A short hash by which a refused value is recognised inside its own record; it is never shown or compared across records.</summary>
public static class ValueHash
{
    public static string Of(FieldValue value) => Of(value.Text ?? "");

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
