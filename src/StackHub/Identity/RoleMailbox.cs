using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>Tells the mailbox of a role (info, sales-uk, no-reply) from that of a person.</summary>
internal static class RoleMailbox
{
    private const int LongestRole = 24;

    private static readonly Lazy<FrozenSet<string>> Roles = new(() => EmbeddedList.Set("role_mailboxes.txt"));

    public static bool Is(ReadOnlySpan<char> localPart)
    {
        var tag = localPart.IndexOf('+');
        var name = tag > 0 ? localPart[..tag] : localPart;
        return IsRole(name) || IsRoleWithPlace(name);
    }

    /// <summary>"sales-uk", "support2", "info.berlin.de": a role first, then only roles, numbers and country codes.</summary>
    private static bool IsRoleWithPlace(ReadOnlySpan<char> name)
    {
        var first = true;
        foreach (var range in name.SplitAny('.', '-', '_'))
        {
            var word = name[range];
            if (!IsRole(word) && (first || word.Length > 2))
            {
                return false;
            }
            first = false;
        }
        return true;
    }

    private static bool IsRole(ReadOnlySpan<char> name)
    {
        Span<char> letters = stackalloc char[LongestRole];
        var length = 0;
        foreach (var letter in name.TrimEnd("0123456789"))
        {
            if (letter is '.' or '-' or '_')
            {
                continue;
            }
            if (length == LongestRole)
            {
                return false;
            }
            letters[length++] = letter;
        }
        return length > 0 && Roles.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length]);
    }
}
