using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace StackHub.Privacy.Evidence;

/// <summary>
/// Something to be proven later: what happened, who did it and when, in ids and codes. A person is named by a commitment only; text that
/// looks like an address is refused, and so is free text.
/// </summary>
/// <param name="Key">Unique within the request: the same note given twice is one entry.</param>
/// <param name="Kind">What happened, such as "accepted"; see <see cref="EvidenceKinds"/>.</param>
/// <param name="Actor">Who did it: "hub", "subject", or the id of an officer's key.</param>
public sealed partial record EvidenceNote(string Key, string Kind, string Actor)
{
    private const int LongestText = 256;
    private const int MostFacts = 40;

    /// <summary>The system it happened in; null for the hub itself.</summary>
    public string? System { get; init; }

    /// <summary>Codes, counts, ids, hashes and dates by name.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public EvidenceNote With(string name, string value) => this with { Facts = Facts.WithComparers(StringComparer.Ordinal).SetItem(name, value) };

    /// <summary>What may not stand in evidence; empty when it may be kept.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, text) in Facts.Append(new("key", Key)).Append(new("kind", Kind)).Append(new("actor", Actor)).Append(new("system", System ?? "hub")))
        {
            if (text.Length is 0 or > LongestText || name.Length is 0 or > LongestText)
                yield return $"Evidence '{name}' has 1 to {LongestText} characters.";
            if (text.Contains('@', StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal))
                yield return "Evidence holds no address: commit to it instead.";
            if (PhoneNumber().IsMatch(text))
                yield return "Evidence holds no phone number: commit to it instead.";
            if (text.Any(char.IsControl))
                yield return $"Evidence '{name}' has a control character.";
        }
        if (Facts.Count > MostFacts)
            yield return $"Evidence has at most {MostFacts} facts.";
    }

    /// <summary>International numbers only: digits alone are ids.</summary>
    [GeneratedRegex(@"^\+\d[\d ().-]{5,}$", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNumber();
}

/// <summary>A note in its place in the chain.</summary>
/// <param name="Sequence">1 for the first of the request.</param>
/// <param name="Previous">The hash of the entry before; empty for the first.</param>
/// <param name="Hash">SHA-256 of the entry's bytes as they are kept, its place and <paramref name="Previous"/> included.</param>
public sealed record EvidenceEntry(string Request, int Sequence, EvidenceNote Note, DateTimeOffset At, string Previous, string Hash);

/// <summary>Where a chain ends: how many entries, and the hash of the last one. Whoever kept it can tell later whether any is missing.</summary>
public sealed record LedgerAnchor(int Count, string Hash);
