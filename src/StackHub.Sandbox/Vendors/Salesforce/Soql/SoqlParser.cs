using System.Globalization;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Reads a query; what it cannot read is MALFORMED_QUERY, as at the vendor.</summary>
internal sealed class SoqlParser
{
    private static readonly string[] Clauses = ["WHERE", "ORDER", "LIMIT", "OFFSET", "WITH", "GROUP", "FOR", "ALL"];

    private readonly List<SoqlToken> tokens;
    private readonly DateTimeOffset now;
    private int at;

    private SoqlParser(string query, DateTimeOffset now) => (tokens, this.now) = (SoqlTokens.Of(query), now);

    public static SoqlQuery Parse(string query, DateTimeOffset now) => new SoqlParser(query, now).Query();

    private SoqlToken Current => tokens[at];

    private SoqlQuery Query()
    {
        Expect("SELECT");
        var isCount = TryTake("COUNT");
        if (isCount)
        {
            Expect("(");
            Expect(")");
        }

        var select = isCount ? [] : List(Path);
        Expect("FROM");
        var query = new SoqlQuery(select, Name()) { IsCount = isCount };
        if (Current.Kind == SoqlTokenKind.Word && !Clauses.Any(Current.Is))
            throw Unexpected();
        if (TryTake("WHERE"))
            query = query with { Where = Either() };
        if (TryTake("ORDER"))
        {
            Expect("BY");
            query = query with { OrderBy = List(Order) };
        }

        if (TryTake("LIMIT"))
            query = query with { Limit = Whole() };
        if (TryTake("OFFSET"))
            query = query with { Offset = Whole() };
        return Current.Kind == SoqlTokenKind.End ? query : throw Unexpected();
    }

    private SoqlCondition Either()
    {
        var parts = new List<SoqlCondition> { Both() };
        while (TryTake("OR"))
            parts.Add(Both());
        return parts.Count == 1 ? parts[0] : new SoqlCondition.Any(parts);
    }

    private SoqlCondition Both()
    {
        var parts = new List<SoqlCondition> { One() };
        while (TryTake("AND"))
            parts.Add(One());
        return parts.Count == 1 ? parts[0] : new SoqlCondition.All(parts);
    }

    private SoqlCondition One()
    {
        if (TryTake("NOT"))
            return new SoqlCondition.Not(One());
        if (TryTake("("))
        {
            var inner = Either();
            Expect(")");
            return inner;
        }

        return Comparison();
    }

    private SoqlCondition.Compare Comparison()
    {
        var path = Path();
        var column = Current.Column;
        if (TryTake("IN"))
            return new(path, "IN", Values(), column);
        if (TryTake("LIKE"))
            return new(path, "LIKE", [Literal()], column);
        if (TryTake("NOT"))
        {
            Expect("IN");
            return new(path, "NOT IN", Values(), column);
        }

        if (Current.Kind != SoqlTokenKind.Symbol || Current.Text is not ("=" or "!=" or "<" or "<=" or ">" or ">="))
            throw Unexpected();
        var symbol = tokens[at++].Text;
        return new(path, symbol, [Literal()], column);
    }

    private List<SoqlLiteral> Values()
    {
        Expect("(");
        var values = List(Literal);
        Expect(")");
        return values;
    }

    private SoqlLiteral Literal()
    {
        var token = tokens[at++];
        if (token.Kind == SoqlTokenKind.Text)
            return new(SoqlLiteralKind.Text, token.Text, $"'{token.Text}'");
        var text = token.Text;
        if (token.Kind != SoqlTokenKind.Word)
            throw Unexpected(token);
        return text.ToUpperInvariant() switch
        {
            "NULL" => new(SoqlLiteralKind.Null, null, text),
            "TRUE" => new(SoqlLiteralKind.Boolean, true, text),
            "FALSE" => new(SoqlLiteralKind.Boolean, false, text),
            "TODAY" => Day(0),
            "YESTERDAY" => Day(-1),
            _ when text.StartsWith("LAST_N_DAYS:", StringComparison.OrdinalIgnoreCase) && int.TryParse(text[12..], out var days) => Day(-days),
            _ => Value(token),
        };
    }

    private static SoqlLiteral Value(SoqlToken token)
    {
        var text = token.Text;
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new(SoqlLiteralKind.Date, day, text);
        if (text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || text[10..].IndexOfAny(['+', '-']) > 0)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return new(SoqlLiteralKind.DateTime, time.ToUniversalTime(), text);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new(SoqlLiteralKind.Number, number, text)
            : throw Unexpected(token);
    }

    private SoqlLiteral Day(int offset) =>
        new(SoqlLiteralKind.Date, DateOnly.FromDateTime(now.UtcDateTime).AddDays(offset), "date literal");

    private SoqlOrder Order()
    {
        var path = Path();
        var isDescending = TryTake("DESC");
        if (!isDescending)
            TryTake("ASC");
        var isNullsLast = false;
        if (TryTake("NULLS"))
        {
            isNullsLast = TryTake("LAST");
            if (!isNullsLast)
                Expect("FIRST");
        }

        return new(path, isDescending, isNullsLast);
    }

    private List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (TryTake(","))
            items.Add(item());
        return items;
    }

    private string Path() => Name();

    private string Name() => Current.Kind == SoqlTokenKind.Word && char.IsLetter(Current.Text[0]) && !Clauses.Any(Current.Is) && !Current.Is("FROM")
        ? tokens[at++].Text
        : throw Unexpected();

    private int Whole() => int.TryParse(Current.Text, out var number) && at++ >= 0 ? number : throw Unexpected();

    private bool TryTake(string word)
    {
        if (!Current.Is(word))
            return false;
        at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!TryTake(word))
            throw Unexpected();
    }

    private VendorRefusal Unexpected() => Unexpected(Current);

    private static VendorRefusal Unexpected(SoqlToken token) =>
        new SalesforceError("MALFORMED_QUERY", $"unexpected token: '{token.Text}' at Row:1:Column:{token.Column}").Refusal();
}
