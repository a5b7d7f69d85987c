using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Every way a record changes, with the org's rules; throws <see cref="RecordRefused"/> for one record.</summary>
internal sealed class SalesforceWrites(SalesforceState state, SalesforceOptions options, VendorClock clock, FaultSwitches faults, Action<SObjectRow> announce)
{
    private List<Action>? undo;
    private readonly List<SObjectRow> touched = [];

    public SObjectRow Insert(SObjectType type, IReadOnlyDictionary<Field, object?> fields, Author author)
    {
        RefuseReadOnly(type, fields.Keys, "create");
        var row = state.Fresh(type);
        if (type.Has("OwnerId"))
            row["OwnerId"] = author.UserId;
        Assign(row, fields);
        RefuseMissing(row);
        Check(row, fields);
        if (author.AutoAssign && options.AssignmentRules.Contains(type.Name))
            row["OwnerId"] = state.QueueUser;
        SalesforceState.Sign(row, clock.Now, clock.Now, author.UserId);
        Store(row, before: null);
        Log(row, "created", null, null, author);
        return row;
    }

    public void Update(SObjectRow row, IReadOnlyDictionary<Field, object?> fields, Author author)
    {
        RefuseDeleted(row);
        if (row["IsConverted"] is true)
            throw new RecordRefused("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        if (faults.IsRowLocked())
            throw new RecordRefused("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
        RefuseReadOnly(row.Type, fields.Keys, "update");
        var changed = row.Snapshot();
        Assign(changed, fields);
        RefuseMissing(changed);
        Check(changed, fields, row);
        if (author.AutoAssign && options.AssignmentRules.Contains(row.Type.Name))
            changed["OwnerId"] = state.QueueUser;
        Replace(row, changed.Values, author);
    }

    public void Delete(SObjectRow row, Author author)
    {
        RefuseDeleted(row);
        foreach (var (type, field) in Dependants(row.Type))
        {
            var table = state.TableOf(type);
            foreach (var dependant in table.With(type.Ordinal(field), row.Id).Where(other => !other.IsDeleted).ToList())
                Delete(dependant, author);
        }

        SetDeleted(row, true, author);
    }

    public void Undelete(SObjectRow row, Author author) => SetDeleted(row, false, author);

    public void Purge(SObjectRow row)
    {
        state.TableOf(row.Type).Purge(row);
        undo?.Add(() => state.TableOf(row.Type).Put(row));
    }

    /// <summary>The losers are deleted and point to the master; what they had that it lacks is kept.</summary>
    public void Merge(SObjectRow master, IEnumerable<SObjectRow> losers, Author author)
    {
        foreach (var loser in losers)
        {
            if (loser.Type != master.Type || loser == master)
                throw new RecordRefused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
            Reparent(loser, master, author);
            var gone = loser.Snapshot();
            (gone["IsDeleted"], gone["MasterRecordId"]) = (true, master.Id);
            if (gone.Type.Has("StackHub_Id__c"))
                gone["StackHub_Id__c"] = null;
            var kept = master.Snapshot();
            foreach (var field in master.Type.Fields.Where(field => !field.ReadOnly && kept[field.Name] is null))
                kept[field.Name] = loser[field.Name];
            Replace(loser, gone.Values, author);
            Replace(master, kept.Values, author);
        }
    }

    public (string? AccountId, string? ContactId, string? OpportunityId) Convert(SObjectRow lead, Conversion wish, Author author)
    {
        RefuseDeleted(lead);
        if (lead["IsConverted"] is true)
            throw new RecordRefused("CANNOT_UPDATE_CONVERTED_LEAD", "lead is already converted");
        var account = wish.AccountId is null ? Insert(StandardObjects.Account, Taken(StandardObjects.Account, lead, ("Name", lead["Company"])), author) : Target("Account", wish.AccountId);
        var contact = wish.ContactId is null ? Insert(StandardObjects.Contact, Taken(StandardObjects.Contact, lead, ("AccountId", account.Id)), author) : Target("Contact", wish.ContactId);
        var opportunity = wish.WithoutOpportunity ? null : Insert(StandardObjects.Opportunity, Taken(StandardObjects.Opportunity, lead,
            ("Name", wish.OpportunityName ?? lead["Company"] + "-"), ("AccountId", account.Id), ("StageName", "Prospecting"),
            ("CloseDate", DateOnly.FromDateTime(clock.Now.UtcDateTime).AddMonths(3))), author);
        if (opportunity is not null)
            Insert(StandardObjects.ContactRole, Named(StandardObjects.ContactRole, ("OpportunityId", opportunity.Id), ("ContactId", contact.Id), ("IsPrimary", true)), author);
        var converted = lead.Snapshot();
        (converted["IsConverted"], converted["Status"]) = (true, wish.Status);
        converted["ConvertedDate"] = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        (converted["ConvertedAccountId"], converted["ConvertedContactId"], converted["ConvertedOpportunityId"]) = (account.Id, contact.Id, opportunity?.Id);
        Replace(lead, converted.Values, author);
        return (account.Id, contact.Id, opportunity?.Id);
    }

    /// <summary>Runs several writes; on a throw, or when the caller says so, none of them has happened.</summary>
    public void InOne(Func<bool> writes)
    {
        undo = [];
        var isKept = false;
        try
        {
            isKept = writes();
        }
        finally
        {
            if (!isKept)
            {
                for (var at = undo.Count - 1; at >= 0; at--)
                    undo[at]();
                touched.Clear();
            }

            undo = null;
            Announce();
        }
    }

    public static Dictionary<Field, object?> Named(SObjectType type, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var named = new Dictionary<Field, object?>();
        foreach (var (name, value) in fields)
            named[type.Find(name)!] = value;
        return named;
    }

    private static Dictionary<Field, object?> Taken(SObjectType type, SObjectRow lead, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var taken = Named(type, more);
        string[] same = type.Name switch
        {
            "Contact" => ["LastName", "FirstName", "Salutation", "Email", "Phone", "MobilePhone", "Title", "LeadSource", "HasOptedOutOfEmail", "DoNotCall", "OwnerId", "IndividualId", "Newsletter__c", "Lead_Score__c", "Lifecycle_Stage__c"],
            "Account" => ["Phone", "Website", "Industry", "OwnerId"],
            _ => ["LeadSource", "OwnerId"],
        };
        foreach (var name in same)
            taken[type.Find(name)!] = lead[name];
        return taken;
    }

    private SObjectRow Target(string type, string id) => state.Find(type, id) is { IsDeleted: false } row
        ? row
        : throw new RecordRefused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");

    private static void RefuseDeleted(SObjectRow row)
    {
        if (row.IsDeleted)
            throw new RecordRefused(new("ENTITY_IS_DELETED", "entity is deleted"), 404);
    }

    private static void RefuseReadOnly(SObjectType type, IEnumerable<Field> fields, string verb)
    {
        var refused = fields.Where(field => field.ReadOnly).Select(field => field.Name).ToArray();
        if (type.IsReadOnly)
            throw new RecordRefused("INVALID_TYPE_FOR_OPERATION", $"entity type {type.Name} does not support {verb}");
        if (refused.Length > 0)
            throw new RecordRefused("INVALID_FIELD_FOR_INSERT_UPDATE", $"Unable to create/update fields: {string.Join(", ", refused)}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.", refused);
    }

    private static void RefuseMissing(SObjectRow row)
    {
        var missing = row.Type.Fields.Where(field => field.Required && row[field.Name] is null).Select(field => field.Name).ToArray();
        if (missing.Length > 0)
            throw new RecordRefused("REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
    }

    private void Check(SObjectRow row, IReadOnlyDictionary<Field, object?> fields, SObjectRow? self = null)
    {
        foreach (var (field, value) in fields)
        {
            if (FieldValues.Problem(field, value) is { } problem)
                throw new RecordRefused(problem);
            if (value is string text && field.ReferenceTo is not null)
                row[field.Name] = Reference(field, text);
            if (value is string key && field.ExternalId && Twin(row.Type, field, key, self) is { } twin)
                throw new RecordRefused("DUPLICATE_VALUE", $"duplicate value found: {field.Name} duplicates value on record with id: {twin.Id}");
        }

        if (options.DuplicateRule && self is null && row.Text("Email") is { } email && row.Type.Find("Email") is { } emailField && Twin(row.Type, emailField, email, self) is not null)
            throw new RecordRefused("DUPLICATES_DETECTED", "Use one of these records?");
    }

    private SObjectRow? Twin(SObjectType type, Field field, string value, SObjectRow? self) =>
        state.TableOf(type).With(type.Ordinal(field.Name), value).FirstOrDefault(other => !other.IsDeleted && other.Id != self?.Id);

    private string Reference(Field field, string id)
    {
        var normal = SalesforceIds.Normal(id) ?? throw new RecordRefused("MALFORMED_ID", $"{field.Name}: id value of incorrect type: {id}", field.Name);
        var prefix = StandardObjects.All[field.ReferenceTo!].Prefix;
        if (!normal.StartsWith(prefix, StringComparison.Ordinal))
            throw new RecordRefused("FIELD_INTEGRITY_EXCEPTION", $"{field.Name}: id value of incorrect type: {id}", field.Name);
        return state.Find(field.ReferenceTo!, normal) switch
        {
            { IsDeleted: false } => normal,
            { } => throw new RecordRefused("ENTITY_IS_DELETED", "entity is deleted", field.Name),
            null => throw new RecordRefused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.Name),
        };
    }

    private static void Assign(SObjectRow row, IReadOnlyDictionary<Field, object?> fields)
    {
        foreach (var (field, value) in fields)
            row[field.Name] = value ?? (field.Type == FieldType.Boolean ? false : null);
        SalesforceState.Derive(row);
    }

    private void SetDeleted(SObjectRow row, bool isDeleted, Author author)
    {
        var changed = row.Snapshot();
        changed["IsDeleted"] = isDeleted;
        Replace(row, changed.Values, author);
    }

    private void Replace(SObjectRow row, object?[] values, Author author)
    {
        var before = row.Snapshot();
        var table = state.TableOf(row.Type);
        table.Lift(row);
        row.Values = values;
        SalesforceState.Sign(row, before.CreatedDate, clock.Now, author.UserId);
        Store(row, before);
        foreach (var field in row.Type.Fields.Where(field => !field.ReadOnly && !Equals(before[field.Name], row[field.Name])))
            Log(row, field.Name, before[field.Name], row[field.Name], author);
    }

    private void Store(SObjectRow row, SObjectRow? before)
    {
        var table = state.TableOf(row.Type);
        table.Lag.Hold(row, before, clock.Now, faults.SearchLag);
        table.Put(row);
        undo?.Add(() =>
        {
            table.Purge(row);
            if (before is null)
                return;
            row.Values = before.Values;
            table.Put(row);
        });
        touched.Add(row);
        if (undo is null)
            Announce();
    }

    private void Announce()
    {
        foreach (var row in touched.Where(row => !row.IsDeleted))
            announce(row);
        touched.Clear();
    }

    private void Log(SObjectRow row, string field, object? before, object? after, Author author)
    {
        if (StandardObjects.HistoryFor(row.Type) is not { } history)
            return;
        var entry = state.Fresh(history);
        (entry[history.HistoryOf!], entry["Field"]) = (row.Id, field);
        (entry["OldValue"], entry["NewValue"]) = (Short(before), Short(after));
        SalesforceState.Sign(entry, clock.Now, clock.Now, author.UserId);
        var table = state.TableOf(history);
        table.Put(entry);
        undo?.Add(() => table.Purge(entry));
    }

    private static string? Short(object? value) => FieldValues.ToText(value) is { Length: > 255 } text ? text[..255] : FieldValues.ToText(value);

    private void Reparent(SObjectRow loser, SObjectRow master, Author author)
    {
        foreach (var (type, name) in References(loser.Type))
        {
            foreach (var child in state.TableOf(type).With(type.Ordinal(name), loser.Id).Where(child => !child.IsDeleted).ToList())
            {
                var moved = child.Snapshot();
                moved[name] = master.Id;
                Replace(child, moved.Values, author);
            }
        }
    }

    private static IEnumerable<(SObjectType Type, string Field)> Dependants(SObjectType type) => type.Name switch
    {
        "Account" => [(StandardObjects.Contact, "AccountId"), (StandardObjects.Opportunity, "AccountId")],
        "Contact" => [(StandardObjects.ContactRole, "ContactId")],
        "Opportunity" => [(StandardObjects.ContactRole, "OpportunityId")],
        _ => [],
    };

    private static IEnumerable<(SObjectType Type, string Field)> References(SObjectType type) => type.Name switch
    {
        "Account" => [(StandardObjects.Contact, "AccountId"), (StandardObjects.Opportunity, "AccountId")],
        "Contact" => [(StandardObjects.ContactRole, "ContactId"), (StandardObjects.Contact, "ReportsToId"), (StandardObjects.Lead, "ConvertedContactId")],
        _ => [],
    };
}
