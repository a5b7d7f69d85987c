using System.Text;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>RFC 4180 in both directions.</summary>
internal static class Csv
{
    public static List<string[]> Read(string text)
    {
        var (rows, row, cell) = (new List<string[]>(), new List<string>(), new StringBuilder());
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (isQuoted)
            {
                if (letter != '"')
                    cell.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    cell.Append(text[++at]);
                else
                    isQuoted = false;
            }
            else if (letter == '"')
                isQuoted = true;
            else if (letter == ',')
                End(row, cell);
            else if (letter == '\n')
                EndRow(rows, row, cell);
            else if (letter != '\r')
                cell.Append(letter);
        }

        if (cell.Length > 0 || row.Count > 0)
            EndRow(rows, row, cell);
        return rows;
    }

    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void End(List<string> row, StringBuilder cell)
    {
        row.Add(cell.ToString());
        cell.Clear();
    }

    private static void EndRow(List<string[]> rows, List<string> row, StringBuilder cell)
    {
        End(row, cell);
        rows.Add([.. row]);
        row.Clear();
    }
}
