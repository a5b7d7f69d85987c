using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>Loads what other records are called.</summary>
public sealed class RecordNames(RecordStore records, Redirects redirects, HubModel model)
{
    /// <summary>A record that refers to more of them shows ids for the rest.</summary>
    private const int MaxNames = 50;

    public async Task<IReadOnlyDictionary<RecordId, RecordName>> OfAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var names = new Dictionary<RecordId, RecordName>();
        foreach (var id in ids.Distinct().Take(MaxNames))
            if (await records.GetAsync(id, cancellationToken) is { Record: { } record })
                names[id] = Of(record);
        return names;
    }

    public RecordName Of(HubRecord record)
    {
        var view = model.View(record, redirects.Follow);
        var title = RecordTitle.Of(record.Id, record.Kind, view.Text);
        return new(record.Id, record.Kind, title) { Hint = (view.Text("email") ?? view.Text("domain")) is { } key && key != title ? key : null };
    }
}
