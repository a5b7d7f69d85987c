namespace StackHub.Audit.Reports;

/// <summary>Text from lists that anybody may have filled, as a spreadsheet may open it.</summary>
internal static class SpreadsheetCell
{
    /// <summary>What makes spreadsheets take a cell for a formula, in narrow and in wide letters.</summary>
    private const string Starts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text itself, or behind an apostrophe when a spreadsheet would run it.</summary>
    public static string Of(string? text) => text switch
    {
        null or "" => "",
        _ when Starts.Contains(text[0]) => $"'{text}",
        _ => text,
    };
}
