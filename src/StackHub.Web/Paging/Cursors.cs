using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Security;
using StackHub.Web.Errors;

namespace StackHub.Web.Paging;

/// <summary>
/// Cursors that only this hub can make: a place in a store, sealed with the list and filter it belongs to. Nobody can point a list
/// somewhere else, or go on in another one.
/// </summary>
public sealed class Cursors(HubKeys keys)
{
    public const int DefaultTake = 50;
    public const int MaxTake = 200;
    private const int MaxLength = 4_000;

    /// <summary>The place to go on from (null for the start) and the number of items, or what is wrong with the query.</summary>
    internal (string? Place, int Take, ProblemResult? Problem) Read(PageQuery query, string list)
    {
        var take = DefaultTake;
        if (query.Take is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take is < 1 or > MaxTake))
            return (null, 0, Problems.BadParameter("take", $"a whole number from 1 to {MaxTake}"));
        if (query.Cursor is null)
            return (null, take, null);
        return Open(query.Cursor, list) is { } place ? (place, take, null) : (null, 0, Problems.BadParameter("cursor", "the 'next' of a page of this list with the same filters; leave it out to start over"));
    }

    /// <summary>Null for a list that is over.</summary>
    public string? Write(string? place, string list) => place is null ? null : Base64Url.EncodeToString(keys.Seal(Encoding.UTF8.GetBytes($"{list}\n{place}")));

    private string? Open(string cursor, string list)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        try
        {
            var text = Encoding.UTF8.GetString(keys.Open(Base64Url.DecodeFromChars(cursor)));
            return text.StartsWith($"{list}\n", StringComparison.Ordinal) ? text[(list.Length + 1)..] : null;
        }
        catch (CryptographicException) // not ours, or changed
        {
            return null;
        }
    }
}
