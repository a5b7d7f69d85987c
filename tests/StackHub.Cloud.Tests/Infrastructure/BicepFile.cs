using System.Text;
using System.Text.RegularExpressions;

namespace StackHub.Cloud.Tests.Infrastructure;

/// <summary>As much of Bicep as can be read without its compiler: declarations, texts, names and calls.</summary>
internal sealed partial class BicepFile
{
    private static readonly string[] Words =
    [
        "targetScope", "param", "var", "resource", "module", "output", "for", "in", "if", "existing", "true", "false", "null",
        "string", "int", "bool", "object", "array",
    ];

    private readonly StringBuilder code = new();
    private readonly List<string> texts = [];
    private int position;

    public BicepFile(string path)
        : this(path, File.ReadAllText(path))
    {
    }

    public BicepFile(string path, string source)
    {
        Path = path;
        Source = source;
        Read(inside: false);
        Code = code.ToString();
    }

    public string Path { get; }

    public string Source { get; }

    /// <summary>Without comments and texts; what texts insert stays, in parentheses.</summary>
    public string Code { get; }

    public IReadOnlyList<string> Texts => texts;

    public IReadOnlyDictionary<string, bool> Parameters => Parameter().Matches(Code).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Contains('='));

    public IEnumerable<string> Outputs => Output().Matches(Code).Select(match => match.Groups[1].Value);

    public IEnumerable<string> Declared => Declaration().Matches(Code).Select(match => match.Groups[1].Value)
        .Concat(Loop().Matches(Code).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Names that stand for something: no property, no key, no call, no word of the language.</summary>
    public IEnumerable<string> Used => Name().Matches(Heads().Replace(Code, "$1")).Select(match => match.Value).Where(name => !Words.Contains(name));

    public IEnumerable<string> Calls => Call().Matches(Code).Select(match => match.Groups[1].Value);

    /// <summary>Module, its file, and the parameters it is given.</summary>
    public IEnumerable<(string Name, string File, string[] Given)> Modules =>
        Module().Matches(Source).Select(match => (match.Groups[1].Value, System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, match.Groups[2].Value), Given(match.Groups[3].Value)));

    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The first bracket without its counterpart; null when all is well.</summary>
    public string? Unbalanced()
    {
        var open = new Stack<char>();
        foreach (var sign in Code)
            if ("([{".Contains(sign))
                open.Push(sign);
            else if (")]}".Contains(sign) && (!open.TryPop(out var left) || "([{".IndexOf(left) != ")]}".IndexOf(sign)))
                return $"{sign} too many";
        return open.TryPeek(out var rest) ? $"{rest} is not closed" : null;
    }

    private static string[] Given(string parameters) => [.. Key().Matches(parameters).Select(match => match.Groups[1].Value)];

    private void Read(bool inside)
    {
        for (var depth = 0; position < Source.Length; position++)
        {
            var sign = Source[position];
            if (sign == '/' && Source[position + 1] == '/')
                position = Source.IndexOf('\n', position) - 1;
            else if (sign == '\'')
                ReadText();
            else if (inside && sign == '}' && depth == 0)
                return;
            else
            {
                depth += sign switch { '{' => 1, '}' => -1, _ => 0 };
                code.Append(sign);
            }
        }
    }

    private void ReadText()
    {
        var text = new StringBuilder();
        code.Append('"');
        for (position++; Source[position] != '\''; position++)
        {
            if (Source[position] == '\n')
                throw new FormatException($"{FileName}: a text is not closed: '{text}");
            if (Source[position] == '$' && Source[position + 1] == '{')
            {
                position += 2;
                code.Append('(');
                Read(inside: true);
                code.Append(')');
                text.Append("${}");
            }
            else
                text.Append(Source[position]);
        }
        code.Append('"');
        texts.Add(text.ToString());
    }

    [GeneratedRegex(@"^param (\w+)([^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^output (\w+)", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"^(?:param|var|resource|module) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bfor \(?([\w, ]+?)\)? in ")]
    private static partial Regex Loop();

    /// <summary>A declaration's own name is no use of it, nor a loop's; what is looped over is.</summary>
    [GeneratedRegex(@"^(?:param|var|resource|module|output) \w+|\bfor \(?[\w, ]+?\)? in (.+?):", RegexOptions.Multiline)]
    private static partial Regex Heads();

    [GeneratedRegex(@"(?<![\w.@])(?<!\b(?:param|output) \w+ )[A-Za-z_]\w*(?!\w|:|\()")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\w.])([A-Za-z_]\w*)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"^module (\w+) '([^']+)' = .*?^  params: \{\n(.*?)^  \}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^    (\w+):", RegexOptions.Multiline)]
    private static partial Regex Key();
}
