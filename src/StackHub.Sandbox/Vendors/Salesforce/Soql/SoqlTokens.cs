using System.Text;

namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

internal enum SoqlTokenKind
{
    Word,
    Text,
    Symbol,
    End,
}

internal readonly record struct SoqlToken(SoqlTokenKind Kind, string Text, int Column)
{
    public bool Is(string word) => Kind != SoqlTokenKind.Text && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a query into tokens; an unclosed quote is the vendor's MALFORMED_QUERY.</summary>
internal static class SoqlTokens
{
    public static List<SoqlToken> Of(string query)
    {
        var tokens = new List<SoqlToken>();
        for (var at = 0; at < query.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(query[at]))
                at++;
            else if (query[at] == '\'')
                tokens.Add(Quoted(query, ref at));
            else if (IsWord(query[at]))
                tokens.Add(Word(query, ref at));
            else
                tokens.Add(new(SoqlTokenKind.Symbol, Symbol(query, ref at), start + 1));
        }

        tokens.Add(new(SoqlTokenKind.End, "<EOF>", query.Length + 1));
        return tokens;
    }

    private static SoqlToken Quoted(string query, ref int at)
    {
        var (start, text) = (at++, new StringBuilder());
        while (at < query.Length && query[at] != '\'')
        {
            if (query[at] == '\\' && ++at < query.Length)
                text.Append(Escaped(query[at]));
            else if (at < query.Length)
                text.Append(query[at]);
            at++;
        }

        if (at++ >= query.Length)
            throw new SalesforceError("MALFORMED_QUERY", $"line 1:{start} mismatched character '<EOF>' expecting '''").Refusal();
        return new(SoqlTokenKind.Text, text.ToString(), start + 1);
    }

    private static char Escaped(char code) => code switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        '\'' or '"' or '\\' or '%' or '_' => code,
        _ => throw new SalesforceError("MALFORMED_QUERY", $"Invalid string literal. Illegal character sequence '\\{code}' in string literal").Refusal(),
    };

    private static SoqlToken Word(string query, ref int at)
    {
        var start = at;
        while (at < query.Length && (IsWord(query[at]) || (query[at] == '+' && at - start >= 10)))
            at++;
        return new(SoqlTokenKind.Word, query[start..at], start + 1);
    }

    private static string Symbol(string query, ref int at)
    {
        var two = at + 1 < query.Length ? query.Substring(at, 2) : "";
        if (two is "!=" or "<=" or ">=" or "<>")
        {
            at += 2;
            return two == "<>" ? "!=" : two;
        }

        return query[at++].ToString();
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '-' or ':';
}
