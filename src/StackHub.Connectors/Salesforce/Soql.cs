using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace StackHub.Connectors.Salesforce;

/// <summary>Literals and names of Salesforce's query language, safe to join into a query.</summary>
internal static partial class Soql
{
    /// <summary>Salesforce refuses addresses above 16,384 bytes; the path before the query needs a little.</summary>
    private const int MaxEncodedQuery = 15_000;

    /// <summary>A quoted string literal.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var character in value)
            _ = Escape(character) is { } escaped ? text.Append('\\').Append(escaped) : text.Append(character);
        return text.Append('\'').ToString();
    }

    /// <summary>A dateTime literal: UTC and, unlike strings, without quotes (a quoted one is refused).</summary>
    public static string Literal(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public static string List(IEnumerable<string> values) => $"({string.Join(',', values.Select(Literal))})";

    /// <summary>A field or object name, as it is; names come from configuration and must not smuggle in a clause.</summary>
    public static string Name(string name) =>
        NamePattern().IsMatch(name) ? name : throw new ArgumentException("Not a Salesforce field or object name.", nameof(name));

    public static string Select(IEnumerable<string> fields, string objectType) =>
        $"SELECT {string.Join(',', fields.Select(Name))} FROM {Name(objectType)}";

    /// <summary>Cuts values into runs, each short enough for the IN list of one address.</summary>
    public static IEnumerable<IReadOnlyList<string>> Runs(IReadOnlyList<string> values, int maxCount, int usedByRest)
    {
        List<string> run = [];
        var room = MaxEncodedQuery - usedByRest;
        foreach (var value in values)
        {
            var length = Uri.EscapeDataString(Literal(value)).Length + "%2C".Length;
            if (run.Count > 0 && (run.Count == maxCount || length > room))
            {
                yield return run;
                run = [];
                room = MaxEncodedQuery - usedByRest;
            }

            run.Add(value);
            room -= length;
        }

        if (run.Count > 0)
            yield return run;
    }

    private static char? Escape(char character) => character switch
    {
        '\'' or '\\' => character,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\b' => 'b',
        '\f' => 'f',
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*\z")]
    private static partial Regex NamePattern();
}
