using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace StackHub.Privacy.Packages;

/// <summary>The package as one page for people: it loads nothing and runs nothing, and whatever a value says is text.</summary>
internal static class PackageReport
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <title>Your data</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
        table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem }
        caption { text-align: left; font-weight: 600; padding: .25rem 0 }
        th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        th[scope=row] { width: 30% }
        blockquote { margin: .25rem 0 1rem; padding-left: 1rem; border-left: .25rem solid #767676; white-space: pre-wrap; overflow-wrap: anywhere }
        </style>
        </head>
        <body>
        """;

    public static byte[] Write(SubjectData data)
    {
        var page = new StringBuilder(Head);
        page.Append("<header><h1>Your data</h1><p>Request ").Append(Text(data.Request)).Append(" (").Append(PrivacyRequestKinds.Of(data.Kind)).Append("), collected ").Append(Time(data.CollectedAt)).Append(".</p></header>\n<main>\n");
        AddWithheld(page, data);
        foreach (var system in data.Records.Select(record => record.System).Concat(data.Threads.Select(thread => thread.System)).Distinct().Order(StringComparer.Ordinal))
            AddSystem(page, system, data);
        page.Append("</main>\n<footer><p>The same data is in data.json and, for spreadsheets, in the folder csv, where text that begins like a formula has a quote before it. manifest.json has a hash of each file.</p></footer>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void AddWithheld(StringBuilder page, SubjectData data)
    {
        page.Append("<section><h2>What is not in here</h2>\n");
        if (data.Withheld.IsEmpty)
            page.Append("<p>Nothing was left out.</p>\n");
        else
            AddTable(page, "Left out, and why", ["System", "What", "How many", "Ground"], data.Withheld.Select(withheld => (string[])[withheld.System, withheld.What, withheld.Count.ToString(CultureInfo.InvariantCulture), withheld.Ground]));
        page.Append("</section>\n");
    }

    private static void AddSystem(StringBuilder page, string system, SubjectData data)
    {
        page.Append("<section><h2>").Append(Text(system)).Append("</h2>\n");
        foreach (var record in data.Records.Where(record => record.System == system))
        {
            page.Append("<table><caption>").Append(Text($"{record.ObjectType} {record.Id}")).Append("</caption><tbody>\n");
            foreach (var (name, value) in record.Fields)
                page.Append("<tr><th scope=\"row\">").Append(Text(name)).Append("</th><td>").Append(Text(value)).Append("</td></tr>\n");
            page.Append("</tbody></table>\n");
        }
        foreach (var thread in data.Threads.Where(thread => thread.System == system))
            AddThread(page, thread);
        page.Append("</section>\n");
    }

    private static void AddThread(StringBuilder page, SubjectThread thread)
    {
        page.Append("<article><h3>").Append(Text($"{thread.ObjectType} {thread.Id}: {thread.Title}")).Append("</h3>\n");
        foreach (var message in thread.Messages)
            page.Append("<p>").Append(message.Author == ThreadAuthor.Subject ? "You" : "The company").Append(", ").Append(Time(message.At)).Append(":</p>\n<blockquote>").Append(Text(message.Body)).Append("</blockquote>\n");
        page.Append("</article>\n");
    }

    private static void AddTable(StringBuilder page, string caption, string[] header, IEnumerable<string[]> lines)
    {
        page.Append("<table><caption>").Append(caption).Append("</caption><thead><tr>");
        foreach (var name in header)
            page.Append("<th scope=\"col\">").Append(name).Append("</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var line in lines)
            page.Append("<tr>").AppendJoin("", line.Select(value => $"<td>{Text(value)}</td>")).Append("</tr>\n");
        page.Append("</tbody></table>\n");
    }

    private static string Text(string? value) => HtmlEncoder.Default.Encode(value ?? "");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
