using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>What a field says in a system's own words: references become the system's own ids, as far as the records are there.</summary>
public sealed class VendorReferences(HubModel model, RecordStore records)
{
    /// <summary>The vendor's text; null leaves the field out, now (pending: the record is still to be created there) or for good.</summary>
    public async Task<(FieldValue? Value, bool Pending)> ToVendorAsync(SystemModel system, FieldDifference difference, CancellationToken cancellationToken)
    {
        if (!difference.Field.IsReference || difference.Wanted.IsBlank)
            return (difference.Field.ToVendor(difference.Wanted), false);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var pending = false;
        foreach (var id in References.Ids(difference.Wanted).Distinct())
        {
            var stored = RecordId.TryParse(id) is { } referred ? await records.GetAsync(referred, cancellationToken) : null;
            if (stored is null)
                continue;
            if (LinkIn(system, stored.Record) is { } link)
                ids[id] = link.Ref.Id;
            else
                pending |= !stored.Record.RefusedCreates.ContainsKey(system.Id) && CreateRule.Obstacle(model.View(stored.Record, same => same), system, model.PhoneRegion) is null;
        }
        // A role list is written with those who are there; a single reference has to wait.
        var kept = CanonicalText.Split(difference.Wanted.Text).Where(part => ids.ContainsKey(References.Parse(part).Id)).ToArray();
        return kept.Length == 0 || (pending && difference.Field.Type == FieldType.Reference)
            ? (null, pending)
            : (References.Translate(new(CanonicalText.Join(kept)), ids.GetValueOrDefault), pending);
    }

    /// <summary>References mean the last type in order (a contact rather than a lead).</summary>
    private static LinkedRecord? LinkIn(SystemModel system, HubRecord record)
    {
        var type = system.OfKind(record.Kind).LastOrDefault()?.ObjectType;
        return record.ActiveIn(system.Id).FirstOrDefault(link => link.Ref.ObjectType == type);
    }
}
