using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Identity;

namespace StackHub.Privacy.Packages;

/// <summary>Leaves other people out of what is given to one, and counts what was left out.</summary>
public static partial class ThirdParties
{
    public const string Ground = "Art. 15(4) GDPR: the rights of others; 11 CCR 7024(d)";
    public const string Mark = "[another person]";
    private const int ShortestName = 2;
    private const int ShortestPart = 3;

    /// <summary>The same data without others: their messages are gone, their names and addresses are marks.</summary>
    public static SubjectData LeaveOut(SubjectData data)
    {
        var counts = new Dictionary<(string System, string What), int>();
        var own = Own(data);
        var cleaned = data with
        {
            Records = [.. data.Records.Select(record => record with { Fields = record.Fields.ToImmutableSortedDictionary(field => field.Key, field => Clean(field.Value, record.System, [], own, counts), StringComparer.Ordinal) })],
            Threads = [.. data.Threads.Select(thread => Clean(thread, own, counts))],
        };
        return cleaned with { Withheld = [.. data.Withheld, .. counts.OrderBy(count => count.Key).Select(count => new WithheldData(count.Key.System, count.Key.What, count.Value, Ground))] };
    }

    private static HashSet<string> Own(SubjectData data)
    {
        var names = data.OwnIdentities.Concat(data.Threads.SelectMany(thread => thread.Messages).Where(message => message.Author == ThreadAuthor.Subject).SelectMany(message => message.Names));
        return [.. names.Select(Normal)];
    }

    private static SubjectThread Clean(SubjectThread thread, HashSet<string> own, Dictionary<(string, string), int> counts)
    {
        var others = Others(thread, own);
        var dropped = thread.Messages.Count(message => message.Author == ThreadAuthor.Other);
        if (dropped > 0)
            Count(counts, thread.System, "messages of other people", dropped);
        return thread with
        {
            Title = Clean(thread.Title, thread.System, others, own, counts)!,
            Messages = [.. thread.Messages.Where(message => message.Author != ThreadAuthor.Other).Select(message => message with
            {
                Names = message.Author == ThreadAuthor.Subject ? message.Names : [],
                Body = Clean(message.Body, thread.System, others, own, counts)!,
            })],
        };
    }

    /// <summary>Patterns of what others are called, the longest first: whole names in any case, and their parts only as they are written, since many are words too.</summary>
    private static string[] Others(SubjectThread thread, HashSet<string> own)
    {
        var names = thread.Messages.Where(message => message.Author != ThreadAuthor.Subject).SelectMany(message => message.Names).Select(name => name.Trim())
            .Where(name => name.Length >= ShortestName && !own.Contains(Normal(name))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ownParts = own.SelectMany(Parts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var parts = names.SelectMany(Parts).Where(part => part.Length >= ShortestPart && char.IsUpper(part[0]) && !ownParts.Contains(part)).Distinct(StringComparer.Ordinal);
        return [.. names.OrderByDescending(name => name.Length).Select(name => $"(?i:{Whole(name)})"), .. parts.OrderByDescending(part => part.Length).Select(Whole)];
    }

    private static IEnumerable<string> Parts(string name) => name.Contains('@', StringComparison.Ordinal) ? [] : name.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);

    private static string Whole(string name) => $@"(?<!\w){Regex.Escape(name)}(?!\w)";

    private static string? Clean(string? text, string system, IReadOnlyList<string> others, HashSet<string> own, Dictionary<(string, string), int> counts)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        var marks = 0;
        var cleaned = Address().Replace(text, match => own.Contains(Normal(match.Value)) ? match.Value : Marked());
        foreach (var name in others)
            cleaned = Regex.Replace(cleaned, name, _ => Marked(), RegexOptions.CultureInvariant);
        if (marks > 0)
            Count(counts, system, "names and addresses of other people", marks);
        return cleaned;

        string Marked()
        {
            marks++;
            return Mark;
        }
    }

    private static void Count(Dictionary<(string System, string What), int> counts, string system, string what, int count) =>
        counts[(system, what)] = counts.GetValueOrDefault((system, what)) + count;

    private static string Normal(string identity) => EmailKey.From(identity)?.Text ?? identity.Trim().ToLowerInvariant();

    [GeneratedRegex(@"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
