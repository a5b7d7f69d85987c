using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>
/// Finds records by what a person types: by key at once; else by the words of their names, which no table is sorted by, so that a search
/// looks at a bounded number of records and says how many.
/// </summary>
public sealed class RecordSearch(RecordFinder finder, RecordStore records, Redirects redirects, HubModel model)
{
    private const int RecordsAScan = 500;
    private const int MaxLooked = 5_000;
    private const int MaxFound = 50;
    private static readonly string[] Named = ["firstName", "lastName", "name", "company", "email", "domain"];

    public Task<RecordId?> FindAsync(string query, CancellationToken cancellationToken) => finder.FindAsync(query, cancellationToken);

    public async Task<SearchPart> LookAsync(string query, string? place, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        var words = query.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = new List<RecordView>();
        var looked = 0;
        do
        {
            (var page, place) = await records.ScanAsync(place, RecordsAScan, cancellationToken);
            looked += page.Count;
            found.AddRange(page.Where(record => record.MergedInto is null && Says(record, words)).Select(record => RecordView.Of(record, model, redirects.Follow)));
        }
        while (place is not null && looked < MaxLooked && found.Count < MaxFound);
        return new(found, looked, place);
    }

    private bool Says(HubRecord record, string[] words)
    {
        var view = model.View(record, redirects.Follow);
        var names = string.Join(' ', Named.Select(view.Text));
        return words.All(word => names.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What a part of a search found.</summary>
/// <param name="Looked">Records it looked at.</param>
/// <param name="Next">Where the rest begins; null when all were looked at.</param>
public sealed record SearchPart(IReadOnlyList<RecordView> Found, int Looked, string? Next)
{
    public override string ToString() => $"{Found.Count} of {Looked}";
}
