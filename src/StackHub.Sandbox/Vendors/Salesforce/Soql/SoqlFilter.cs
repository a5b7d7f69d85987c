using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Turns a condition into a test of rows, after checking each literal against its field's type.</summary>
internal sealed class SoqlFilter(SoqlPaths paths)
{
    public Func<SObjectRow, bool> Test(SObjectType type, SoqlCondition? condition) => condition switch
    {
        null => _ => true,
        SoqlCondition.All(var parts) => Every([.. parts.Select(part => Test(type, part))]),
        SoqlCondition.Any(var parts) => Some([.. parts.Select(part => Test(type, part))]),
        SoqlCondition.Not(var part) => Opposite(Test(type, part)),
        SoqlCondition.Compare compare => Test(type, compare),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Func<SObjectRow, bool> Every(Func<SObjectRow, bool>[] tests) => row => Array.TrueForAll(tests, test => test(row));

    private static Func<SObjectRow, bool> Some(Func<SObjectRow, bool>[] tests) => row => Array.Exists(tests, test => test(row));

    private static Func<SObjectRow, bool> Opposite(Func<SObjectRow, bool> test) => row => !test(row);

    private Func<SObjectRow, bool> Test(SObjectType type, SoqlCondition.Compare compare)
    {
        var path = paths.Resolve(type, compare.Path);
        if (path.Field is { Type: FieldType.TextArea, Length: > 255 })
            throw new SalesforceError("INVALID_FIELD", $"field '{compare.Path}' can not be filtered in a query call").Refusal();
        var values = compare.Values.Select(literal => Typed(path.Field, literal)).ToList();
        return compare.Operator switch
        {
            "=" => row => Same(path.Value(row), values[0]),
            "!=" => row => !Same(path.Value(row), values[0]),
            "IN" => row => values.Any(value => Same(path.Value(row), value)),
            "NOT IN" => row => !values.Any(value => Same(path.Value(row), value)),
            "LIKE" => Like(path, values[0] as string ?? ""),
            "<" => row => Compared(path.Value(row), values[0]) < 0,
            "<=" => row => Compared(path.Value(row), values[0]) <= 0,
            ">" => row => Compared(path.Value(row), values[0]) > 0,
            _ => row => Compared(path.Value(row), values[0]) >= 0,
        };
    }

    private static Func<SObjectRow, bool> Like(SoqlPath path, string pattern) =>
        row => path.Value(row) is string text && Matches(text, pattern);

    private static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '%')
            return Matches(text, pattern[1..]) || (!text.IsEmpty && Matches(text[1..], pattern));
        return !text.IsEmpty && (pattern[0] == '_' || char.ToLowerInvariant(text[0]) == char.ToLowerInvariant(pattern[0])) && Matches(text[1..], pattern[1..]);
    }

    private static object? Typed(Field field, SoqlLiteral literal) => (field.Type, literal.Kind) switch
    {
        (_, SoqlLiteralKind.Null) => null,
        (FieldType.DateTime, SoqlLiteralKind.DateTime) => literal.Value,
        (FieldType.DateTime, SoqlLiteralKind.Date) => new DateTimeOffset(((DateOnly)literal.Value!).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        (FieldType.Date, SoqlLiteralKind.Date) => literal.Value,
        (FieldType.Boolean, SoqlLiteralKind.Boolean) => literal.Value,
        (FieldType.Id or FieldType.Reference, SoqlLiteralKind.Text) => SalesforceIds.Normal((string)literal.Value!)
            ?? throw new SalesforceError("INVALID_QUERY_FILTER_OPERATOR", $"invalid ID field: {literal.Value}").Refusal(),
        (_, SoqlLiteralKind.Text) when field.IsText => literal.Value,
        (_, SoqlLiteralKind.Number) when field.IsNumber => literal.Value,
        _ => throw Misfit(field, literal),
    };

    private static VendorRefusal Misfit(Field field, SoqlLiteral literal)
    {
        var isQuotable = field.IsText || field.Type is FieldType.Id or FieldType.Reference;
        var type = field.Type switch
        {
            FieldType.DateTime => "dateTime",
            _ when isQuotable => "string",
            _ => field.TypeName,
        };
        return new SalesforceError("INVALID_FIELD",
            $"\n{field.Name} {literal.Text}\n^\nERROR at Row:1:Column:1\nvalue of filter criterion for field '{field.Name}' must be of type {type} and should {(isQuotable ? "" : "not ")}be enclosed in quotes").Refusal();
    }

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase),
        _ => Equals(left, right),
    };

    /// <summary>NaN, which is neither less nor more, when one side is missing.</summary>
    private static double Compared(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => double.NaN,
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        (IComparable a, _) => a.CompareTo(right),
        _ => double.NaN,
    };
}
