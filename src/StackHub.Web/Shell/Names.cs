using System.Text;
using StackHub.Records;

namespace StackHub.Web.Shell;

/// <summary>What the console calls things that have names for programs.</summary>
public static class Names
{
    /// <summary>"firstName" as "First name", "PossibleDuplicate" as "Possible duplicate".</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (words.Length > 0 && char.IsAsciiLetterUpper(letter))
                words.Append(' ');
            words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : letter is '_' or '-' ? ' ' : char.ToLowerInvariant(letter));
        }
        return words.Length > 3 && words.ToString(0, 4) == "Sla " ? $"SLA {words.ToString(4, words.Length - 4)}" : words.ToString();
    }

    /// <summary>A lifecycle stage as people say it: MQL, not Mql.</summary>
    public static string Stage(string name) => name is "mql" or "sal" or "sql" ? name.ToUpperInvariant() : Of(name);

    public static string Of(Enum value) => Of(value.ToString());

    /// <summary>The console's section for records of a kind.</summary>
    public static string SectionOf(RecordKind kind) => kind switch
    {
        RecordKind.Account => "accounts",
        RecordKind.Person => "people",
        _ => "opportunities",
    };

    /// <summary>"1 record", "1,204 records".</summary>
    public static string Count(long count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";
}
