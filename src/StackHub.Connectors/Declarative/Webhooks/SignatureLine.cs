using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;

namespace StackHub.Connectors.Declarative.Webhooks;

internal enum SignatureKind
{
    Hmac,
    Hash,
    Token,
}

/// <summary>How a vendor signs, from one line such as "hmac-sha256 hex header=X-Sig base=timestamp.body timestamp=X-Ts window=300s".</summary>
internal sealed record SignatureLine(SignatureKind Kind, HashAlgorithmName Algorithm, bool IsHex)
{
    private static readonly string[] Words = ["timestamp", "method", "secret", "body", "uri"];

    /// <summary>Lower case; null when the signature is in the address.</summary>
    public string? Header { get; init; }

    public string? Query { get; init; }

    public string Prefix { get; init; } = "";

    public string? TimestampHeader { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is signed, in order: the words of the format stand for their values, all else for itself.</summary>
    public ImmutableArray<string> Base { get; init; } = ["body"];

    /// <summary>The setting with the key.</summary>
    public string Secret { get; init; } = "webhookSecret";

    public bool SignsBody => Kind != SignatureKind.Token;

    /// <summary>Null with a sentence about what is wrong with the line.</summary>
    public static (SignatureLine? Line, string? Problem) Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var algorithm, ..] || Start(algorithm) is not { } line)
            return (null, "It must begin with hmac-sha256, hmac-sha512, hmac-sha1, sha256 or token.");
        foreach (var word in words[1..])
        {
            if (With(line, word) is not { } next)
                return (null, $"'{Configuration.Yaml.Shown.Bare(word)}' is not known there: hex, base64, header=, query=, prefix=, base=, timestamp=, window=300s, secret=.");
            line = next;
        }
        if ((line.Header is null) == (line.Query is null))
            return (null, "It needs header= with the signature's header, or query= with the parameter of the token.");
        if (line.SignsBody && !line.Base.Contains("body"))
            return (null, "base= must hold the body, or anybody could change it.");
        return line.Base.Contains("timestamp") == (line.TimestampHeader is not null) ? (line, null) : (null, "A timestamp in base= needs timestamp= with its header, and the other way round: only a signed time can be trusted.");
    }

    /// <summary>"v0:timestamp:body" as "v0:", "timestamp", ":" and "body"; a plus only separates.</summary>
    public static ImmutableArray<string> Parts(string text)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var literal = "";
        for (var at = 0; at < text.Length;)
        {
            if (Words.FirstOrDefault(word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0) is not { } found)
            {
                literal += text[at] == '+' ? "" : text[at];
                at++;
                continue;
            }
            if (literal.Length > 0)
                parts.Add(literal);
            parts.Add(found);
            (literal, at) = ("", at + found.Length);
        }
        if (literal.Length > 0)
            parts.Add(literal);
        return parts.ToImmutable();
    }

    private static SignatureLine? Start(string algorithm) => algorithm switch
    {
        "hmac-sha256" => new(SignatureKind.Hmac, HashAlgorithmName.SHA256, IsHex: true),
        "hmac-sha512" => new(SignatureKind.Hmac, HashAlgorithmName.SHA512, IsHex: true),
        "hmac-sha1" => new(SignatureKind.Hmac, HashAlgorithmName.SHA1, IsHex: true),
        "sha256" => new(SignatureKind.Hash, HashAlgorithmName.SHA256, IsHex: true),
        "token" => new(SignatureKind.Token, default, IsHex: false),
        _ => null,
    };

    private static SignatureLine? With(SignatureLine line, string word) => word.Split('=', 2) switch
    {
        ["hex"] => line with { IsHex = true },
        ["base64"] => line with { IsHex = false },
        ["header", { Length: > 0 } name] => line with { Header = name.ToLowerInvariant() },
        ["query", { Length: > 0 } name] when line.Kind == SignatureKind.Token => line with { Query = name },
        ["prefix", var prefix] => line with { Prefix = prefix },
        ["base", { Length: > 0 } order] => line with { Base = Parts(order) },
        ["timestamp", { Length: > 0 } name] => line with { TimestampHeader = name.ToLowerInvariant() },
        ["window", [.., 's'] window] when int.TryParse(window[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600 => line with { Window = TimeSpan.FromSeconds(seconds) },
        ["secret", { Length: > 0 } name] => line with { Secret = name },
        _ => null,
    };
}
