using StackHub.Connecting;

namespace StackHub.Connectors.HubSpot;

/// <summary>One record on its way to HubSpot.</summary>
/// <param name="Index">Its place in the caller's list.</param>
/// <param name="IdProperty">Null for an update by HubSpot's id; else the unique property of an upsert.</param>
internal sealed record HubSpotPending(int Index, RecordWrite Write, string Id, string? IdProperty, Dictionary<string, string> Properties)
{
    /// <summary>Comes back in answers and errors, so that they find their input.</summary>
    public string Trace { get; } = Write.HubId.ToString();

    public HubSpotWrite Input => new(Id, IdProperty, Properties, Trace);

    public override string ToString() => Write.ToString();

    /// <summary>
    /// A contact's address is unique in HubSpot, so a contact is created by upsert on it; everything else by upsert on our own property.
    /// Either way our own property is written, so that the record is found again after an answer that never came.
    /// </summary>
    public static HubSpotPending Of(HubSpotObject type, int index, RecordWrite write, string? target, string idProperty)
    {
        var properties = HubSpotMapping.Properties(write);
        if (target is not null)
        {
            properties.Remove(HubSpotObject.Stage); // HubSpotStages writes it, and looks
            return new(index, write, target, null, properties);
        }

        var hubId = write.HubId.ToString();
        properties[idProperty] = hubId;
        var email = type == HubSpotObject.Contacts ? properties.GetValueOrDefault(HubSpotObject.Email) : null;
        return string.IsNullOrEmpty(email) ? new(index, write, hubId, idProperty, properties) : new(index, write, email, HubSpotObject.Email, properties);
    }

    /// <summary>Batches HubSpot accepts: one unique property each, and no record twice.</summary>
    public static IEnumerable<List<HubSpotPending>> Batches(IEnumerable<HubSpotPending> pending)
    {
        foreach (var group in pending.GroupBy(p => p.IdProperty))
        {
            var rounds = new List<(List<HubSpotPending> Items, HashSet<string> Ids)>();
            foreach (var item in group)
            {
                var round = rounds.FindIndex(r => !r.Ids.Contains(item.Id));
                if (round < 0)
                {
                    round = rounds.Count;
                    rounds.Add(([], new HashSet<string>(StringComparer.OrdinalIgnoreCase)));
                }

                rounds[round].Items.Add(item);
                rounds[round].Ids.Add(item.Id);
            }

            foreach (var (items, _) in rounds)
                yield return items;
        }
    }
}
