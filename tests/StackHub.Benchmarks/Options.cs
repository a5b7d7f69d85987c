namespace StackHub.Benchmarks;

/// <summary>What a command line says: "--name value" pairs, "--flag"s, and the words before them.</summary>
internal sealed record Options(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Named)
{
    public static Options Of(IReadOnlyList<string> args)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = new List<string>();
        for (var index = 0; index < args.Count; index++)
        {
            if (!args[index].StartsWith("--", StringComparison.Ordinal))
                words.Add(args[index]);
            else if (index + 1 < args.Count && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
                named[args[index][2..]] = args[++index];
            else
                named[args[index][2..]] = "";
        }
        return new(words, named);
    }

    public bool Has(string name) => Named.ContainsKey(name);

    public int Int(string name, int otherwise) => Named.TryGetValue(name, out var text) ? int.Parse(text) : otherwise;

    public string Text(string name, string otherwise) => Named.GetValueOrDefault(name, otherwise);
}
