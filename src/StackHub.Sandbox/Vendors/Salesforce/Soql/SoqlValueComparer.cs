namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Orders field values: nulls where the query wants them, text without regard to case.</summary>
internal sealed class SoqlValueComparer(bool isDescending, bool isNullsLast) : IComparer<object?>
{
    public static SoqlValueComparer For(SoqlOrder order) => new(order.Descending, order.NullsLast);

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => isNullsLast ? 1 : -1,
        (_, null) => isNullsLast ? -1 : 1,
        (string a, string b) => Turned(string.Compare(a, b, StringComparison.OrdinalIgnoreCase) is not 0 and var order ? order : string.CompareOrdinal(a, b)),
        (IComparable a, _) => Turned(a.CompareTo(y)),
        _ => 0,
    };

    private int Turned(int order) => isDescending ? -order : order;
}
