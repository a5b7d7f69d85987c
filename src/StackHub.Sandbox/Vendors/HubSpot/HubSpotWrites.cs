using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>Every way a record changes, with the portal's rules and the events that follow.</summary>
internal sealed class HubSpotWrites(HubSpotState state, HubSpotErrors errors, HubSpotOptions options, VendorClock clock, FaultSwitches faults, HubSpotEvents events)
{
    private DateTimeOffset Now => new(clock.Now.UtcTicks - (clock.Now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>The stored form of the values; throws HubSpot's 400 when any does not fit.</summary>
    public Dictionary<string, string> Checked(HubSpotType type, IReadOnlyDictionary<string, string> values)
    {
        var table = state.Table(type);
        var (stored, problems) = (new Dictionary<string, string>(), new List<HubSpotProblem>());
        foreach (var (name, value) in values)
        {
            if (!table.Properties.TryGetValue(name, out var property))
                problems.Add(new($"Property \"{name}\" does not exist", "PROPERTY_DOESNT_EXIST", name));
            else if (property.ReadOnly)
                problems.Add(new($"\"{name}\" is a read only property; its value cannot be set.", "READ_ONLY_VALUE", name));
            else if (PropertyValues.Stored(property, value) is var (good, problem) && problem is null)
                stored[name] = good;
            else
                problems.Add(PropertyValues.Stored(property, value).Problem!);
        }

        return problems.Count == 0 ? stored : throw errors.Refusal(400, "VALIDATION_ERROR", $"Property values were not valid: [{string.Join(",", problems.Select(Told))}]", problems);
    }

    /// <summary>The record that already holds a unique value given here, or null.</summary>
    public HubSpotRecord? Holder(HubSpotType type, IReadOnlyDictionary<string, string> stored, HubSpotRecord? self)
    {
        var table = state.Table(type);
        return stored.Where(pair => pair.Value.Length > 0 && table.IsUnique(pair.Key))
            .Select(pair => table.FindUnique(pair.Key, pair.Value)).FirstOrDefault(holder => holder is not null && holder != self);
    }

    public VendorRefusal Conflict(HubSpotType type, HubSpotRecord holder) => errors.Refusal(409, "CONFLICT", ConflictText(type, holder));

    public static string ConflictText(HubSpotType type, HubSpotRecord holder) =>
        $"{char.ToUpperInvariant(type.Singular[0])}{type.Singular[1..]} already exists. Existing ID: {holder.Id}";

    public HubSpotRecord Create(HubSpotType type, Dictionary<string, string> stored, ChangeSource source)
    {
        if (type == HubSpotType.Contacts && stored.GetValueOrDefault("email") is { Length: > 0 } email && state.Blocked.Contains(email))
            throw errors.Invalid($"Email address {email} was deleted for privacy and cannot be added again");
        if (Holder(type, stored, null) is { } holder)
            throw Conflict(type, holder);
        if (type == HubSpotType.Deals)
            stored.TryAdd("pipeline", "default");
        Compute(type, stored);
        if (type == HubSpotType.Contacts)
            stored.TryAdd("lifecyclestage", "lead");
        var table = state.Table(type);
        var record = new HubSpotRecord(type, table.Ids.Next(), Now);
        record.Set("createdate", new(PropertyValues.Stamp(Now), Now, source));
        foreach (var (name, value) in stored.Where(pair => pair.Value.Length > 0))
            record.Set(name, new(value, Now, source));
        Touch(record);
        table.Lag.Hold(record, null, clock.Now, faults.SearchLag);
        table.Add(record);
        events.Created(record, source, Now);
        foreach (var (name, value) in stored.Where(pair => pair.Value.Length > 0))
            events.Changed(record, name, value, source, Now);
        return record;
    }

    public void Update(HubSpotRecord record, Dictionary<string, string> stored, ChangeSource source)
    {
        if (Holder(record.Type, stored, record) is { } holder)
            throw Conflict(record.Type, holder);
        Compute(record.Type, stored);
        var changes = stored.Where(pair => (record[pair.Key] ?? "") != pair.Value && !IsBackwards(record, pair.Key, pair.Value)).ToList();
        var before = record.Snapshot();
        var table = state.Table(record.Type);
        table.Lift(record);
        foreach (var (name, value) in changes)
            record.Set(name, new(value, Now, source));
        Touch(record);
        table.Enter(record);
        table.Lag.Hold(record, before, clock.Now, faults.SearchLag);
        foreach (var (name, value) in changes)
            events.Changed(record, name, value, source, Now);
    }

    /// <summary>What HubSpot works out of a deal's stage by itself.</summary>
    private static void Compute(HubSpotType type, Dictionary<string, string> stored)
    {
        if (type != HubSpotType.Deals || !stored.TryGetValue("dealstage", out var stage))
            return;
        stored["hs_is_closed"] = stage is "closedwon" or "closedlost" ? "true" : "false";
        stored["hs_is_closed_won"] = stage is "closedwon" ? "true" : "false";
    }

    public void Archive(HubSpotRecord record, ChangeSource source)
    {
        if (record.IsArchived)
            return;
        Rearrange(record, () => record.ArchivedAt = Now);
        events.Deleted(record, source, Now);
    }

    public void Restore(HubSpotRecord record, ChangeSource source)
    {
        if (!record.IsArchived)
            return;
        Rearrange(record, () => record.ArchivedAt = null);
        events.Restored(record, source, Now);
    }

    /// <summary>Gone for good; the address may not come back.</summary>
    public void Erase(HubSpotRecord record, ChangeSource source)
    {
        if (record["email"] is { } email)
            state.Blocked.Add(email);
        state.Table(record.Type).Purge(record);
        Unlink(record);
        events.Erased(record, source, Now);
    }

    /// <summary>The primary keeps its id; values it lacks come from the loser, whose id leads to it from now on.</summary>
    public HubSpotRecord Merge(HubSpotRecord primary, HubSpotRecord loser, ChangeSource source)
    {
        var table = state.Table(primary.Type);
        var moved = loser.Properties.Where(pair => pair.Value[0].Value.Length > 0 && primary[pair.Key] is null && table.Properties.GetValueOrDefault(pair.Key) is { ReadOnly: false })
            .ToDictionary(pair => pair.Key, pair => pair.Value[0].Value);
        var links = loser.Associations.ToList();
        table.Purge(loser);
        Unlink(loser);
        table.MergedInto[loser.Id] = primary.Id;
        primary.MergedIds.AddRange([.. loser.MergedIds, loser.Id]);
        var before = primary.Snapshot();
        table.Lift(primary);
        foreach (var (name, value) in moved)
            primary.Set(name, new(value, Now, source));
        var ids = string.Join(';', primary.MergedIds);
        primary.Set("hs_merged_object_ids", new(ids, Now, source));
        if (primary.Type == HubSpotType.Contacts)
        {
            primary.Set("hs_calculated_merged_vids", new(ids, Now, source));
            if (loser["email"] is { } email && email != primary["email"])
                primary.Set("hs_additional_emails", new(string.Join(';', new[] { primary["hs_additional_emails"], email }.OfType<string>()), Now, source));
        }

        Touch(primary);
        table.Enter(primary);
        table.Lag.Hold(primary, before, clock.Now, faults.SearchLag);
        foreach (var (end, types) in links)
        {
            // The two may have been tied to each other; a record is not tied to itself.
            if (state.Table(end.Type).Find(end.Id) is { } other && other != primary)
                Link(primary, other, types, source);
        }

        events.Merged(primary, loser, moved.Count, source, Now);
        foreach (var (name, value) in moved)
            events.Changed(primary, name, value, source, Now);
        return primary;
    }

    /// <summary>Ties two records; neither one's modified date moves.</summary>
    public void Link(HubSpotRecord from, HubSpotRecord to, IEnumerable<int> types, ChangeSource source)
    {
        foreach (var type in types)
        {
            Join(from, to, type);
            if (AssociationTypes.Opposite(type) is { } back)
                Join(to, from, back);
            events.Linked(from, to, type, isRemoved: false, source, Now);
        }

        NamePrimaryCompany(from);
        NamePrimaryCompany(to);
    }

    public void Unlink(HubSpotRecord from, HubSpotRecord to, IReadOnlyCollection<int>? types, ChangeSource source)
    {
        if (!from.Associations.TryGetValue((to.Type, to.Id), out var present))
            return;
        foreach (var type in present.Where(type => types is null || types.Contains(type)).ToList())
        {
            Part(from, to, type);
            if (AssociationTypes.Opposite(type) is { } back)
                Part(to, from, back);
            events.Linked(from, to, type, isRemoved: true, source, Now);
        }

        NamePrimaryCompany(from);
        NamePrimaryCompany(to);
    }

    /// <summary>Stores a record as it is, without rules or events: for the seed.</summary>
    public HubSpotRecord Load(HubSpotType type, DateTimeOffset created, DateTimeOffset modified, IEnumerable<(string Name, PropertyVersion[] Versions)> properties)
    {
        var table = state.Table(type);
        var record = new HubSpotRecord(type, table.Ids.Next(), created) { UpdatedAt = modified };
        record.Set("createdate", new(PropertyValues.Stamp(created), created, ChangeSource.Import));
        record.Set(type.Modified, new(PropertyValues.Stamp(modified), modified, ChangeSource.Import));
        foreach (var (name, versions) in properties)
            record.Properties[name] = versions;
        table.Add(record);
        return record;
    }

    private static string Told(HubSpotProblem problem) =>
        $$"""{"isValid":false,"message":"{{problem.Message.Replace("\"", "\\\"", StringComparison.Ordinal)}}","error":"{{problem.Code}}","name":"{{problem.Property}}"}""";

    /// <summary>A lifecycle stage may only go forward; the call succeeds and nothing happens.</summary>
    private bool IsBackwards(HubSpotRecord record, string name, string value)
    {
        if (options.AcceptsStageRegressions || name != "lifecyclestage" || value.Length == 0 || record[name] is not { } current)
            return false;
        var stages = StandardProperties.LifecycleStages.ToList();
        return stages.IndexOf(value) < stages.IndexOf(current);
    }

    private void Rearrange(HubSpotRecord record, Action change)
    {
        var before = record.Snapshot();
        var table = state.Table(record.Type);
        table.Lift(record);
        change();
        Touch(record);
        table.Enter(record);
        table.Lag.Hold(record, before, clock.Now, faults.SearchLag);
    }

    private void Touch(HubSpotRecord record)
    {
        record.UpdatedAt = Now;
        record.Properties[record.Type.Modified] = [new(PropertyValues.Stamp(Now), Now, ChangeSource.App(options.AppId))];
    }

    private static void Join(HubSpotRecord from, HubSpotRecord to, int type)
    {
        if (!from.Associations.TryGetValue((to.Type, to.Id), out var types))
            from.Associations.Add((to.Type, to.Id), types = []);
        types.Add(type);
    }

    private static void Part(HubSpotRecord from, HubSpotRecord to, int type)
    {
        if (from.Associations.TryGetValue((to.Type, to.Id), out var types) && types.Remove(type) && types.Count == 0)
            from.Associations.Remove((to.Type, to.Id));
    }

    private void Unlink(HubSpotRecord record)
    {
        foreach (var (type, id) in record.Associations.Keys)
            state.Table(type).Find(id)?.Associations.Remove((record.Type, record.Id));
    }

    /// <summary>The first company of a contact is its primary one, and the contact says so without looking modified.</summary>
    private void NamePrimaryCompany(HubSpotRecord record)
    {
        if (record.Type != HubSpotType.Contacts)
            return;
        var companies = record.Associations.Where(pair => pair.Key.Type == HubSpotType.Companies).ToList();
        if (companies.Count > 0 && !companies.Exists(pair => pair.Value.Contains(AssociationTypes.ContactToPrimaryCompany)))
        {
            var company = state.Table(HubSpotType.Companies).Find(companies[0].Key.Id)!;
            Join(record, company, AssociationTypes.ContactToPrimaryCompany);
            Join(company, record, AssociationTypes.Opposite(AssociationTypes.ContactToPrimaryCompany)!.Value);
        }

        var primary = companies.Find(pair => pair.Value.Contains(AssociationTypes.ContactToPrimaryCompany)).Key.Id;
        var name = primary == 0 ? "" : primary.ToString();
        if ((record["associatedcompanyid"] ?? "") != name)
            record.Set("associatedcompanyid", new(name, Now, ChangeSource.Person));
    }
}
