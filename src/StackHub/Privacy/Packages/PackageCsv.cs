using System.Globalization;
using CsvHelper;

namespace StackHub.Privacy.Packages;

/// <summary>Tables for spreadsheets: text that a spreadsheet would run as a formula gets a quote before it.</summary>
internal static class PackageCsv
{
    /// <summary>The byte order mark tells spreadsheets that it is UTF-8.</summary>
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <summary>A line a record, a column each field that any of them has.</summary>
    public static byte[] Records(IReadOnlyCollection<SubjectRecord> records)
    {
        var fields = records.SelectMany(record => record.Fields.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Write(["id", .. fields], records.Select(record => (IEnumerable<string?>)[record.Id, .. fields.Select(field => record.Fields.GetValueOrDefault(field))]));
    }

    public static byte[] Messages(IEnumerable<SubjectThread> threads) => Write(
        ["system", "type", "id", "title", "at", "author", "text"],
        from thread in threads
        from message in thread.Messages
        select (IEnumerable<string?>)[thread.System, thread.ObjectType, thread.Id, thread.Title, message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), message.Author.ToString().ToLowerInvariant(), message.Body]);

    public static byte[] Write(IEnumerable<string> header, IEnumerable<IEnumerable<string?>> lines)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, Options, leaveOpen: true))
            foreach (var line in lines.Prepend(header))
                csv.WriteRecord([.. line]);
        return buffer.ToArray();
    }
}
