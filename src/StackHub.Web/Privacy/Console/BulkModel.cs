using System.Security.Cryptography;
using System.Text;
using StackHub.Privacy.Bulk;

namespace StackHub.Web.Privacy.Console;

/// <param name="Problem">Why a file was not read; null at first.</param>
public sealed record BulkUploadModel(string? Problem);

/// <summary>A list as it would be filed. It is personal data.</summary>
/// <param name="Content">The file in base64: the page carries it, and sends it again.</param>
/// <param name="Report">Of a dry run.</param>
public sealed record BulkModel(string Content, BulkReport Report)
{
    /// <summary>Larger lists go by the command line or the API.</summary>
    public const int LargestFile = 1024 * 1024;

    private const int MostShown = 500;

    /// <summary>Column by field, as the officer chose; empty before.</summary>
    public IReadOnlyDictionary<string, string> Chosen { get; init; } = new Dictionary<string, string>();

    /// <summary>It was to be filed with other columns than were looked at.</summary>
    public bool Changed { get; init; }

    public IEnumerable<BulkProblem> Bad => Report.Bad.Take(MostShown);

    public int MoreBad => Math.Max(0, Report.Bad.Count - MostShown);

    /// <summary>The same for the same columns of the same file.</summary>
    public string Looked => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Report.Columns.Select(column => $"{column.Key}={column.Value}").Append(Content))))[..8]);

    public string ColumnOf(string field) => Report.Columns.GetValueOrDefault(field) ?? Chosen.GetValueOrDefault(field, "");

    public static string NameOf(string field) => $"column-{field}";

    public static string Meaning(string field) => field switch
    {
        "reference" => "Your own number of the request: the same again is the same request",
        "kind" => "What is asked for, such as erasure or access; several parted by +",
        "email" => "E-mail address of the person",
        "phone" => "Phone number, with the country code",
        "record" => "The person's record in this hub, 32 letters and digits",
        "place" => "Country or state, such as DE or US-CA: the laws follow from it",
        "laws" => "Laws instead of a place, such as eu-gdpr/DE",
        "received" => "Day of receipt, such as 2026-03-02",
        "verified" => "How the person was verified, where somebody did",
        _ => "What the person wrote",
    };

    public override string ToString() => $"list of {Report.Rows} rows";
}
