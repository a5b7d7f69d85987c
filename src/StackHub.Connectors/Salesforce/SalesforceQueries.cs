using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>The queries the connector asks; pure text.</summary>
internal static class SalesforceQueries
{
    /// <summary>Salesforce's own page size, so that a page of ours is one call.</summary>
    public const int PageSize = 2_000;

    public const string Role = "OpportunityContactRole";

    /// <summary>A page of all live records after an id.</summary>
    public static string Scan(SalesforceObject type, IReadOnlyList<string> fields, string? after)
    {
        var conditions = new List<string>();
        if (type.Converts)
            conditions.Add("IsConverted = false");
        if (after is not null)
            conditions.Add($"Id > {Soql.Literal(after)}");
        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        return $"{Soql.Select(Columns(type, fields, deleted: false), type.Name)}{where} ORDER BY Id LIMIT {PageSize}";
    }

    /// <summary>A page of a change window, deleted records included.</summary>
    public static string Changes(SalesforceObject type, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until) =>
        $"{Soql.Select(Columns(type, fields, deleted: true), type.Name)} {Window(from, until)}";

    public static string RoleChanges(FeedPosition from, DateTimeOffset until) =>
        $"SELECT Id,OpportunityId,IsDeleted,SystemModstamp FROM {Role} {Window(from, until)}";

    public static string ByIds(SalesforceObject type, IReadOnlyList<string> fields, IEnumerable<string> ids) =>
        $"{Soql.Select(Columns(type, fields, deleted: true), type.Name)} WHERE Id IN {Soql.List(ids)}";

    /// <summary>Where records went: merged, converted, deleted or still there.</summary>
    public static string Fates(SalesforceObject type, IEnumerable<string> ids) => ByIds(type, [], ids);

    public static string Roles(IEnumerable<string> opportunityIds) =>
        $"SELECT Id,OpportunityId,ContactId,Role,IsDeleted,SystemModstamp FROM {Role} WHERE OpportunityId IN {Soql.List(opportunityIds)}";

    public static string History(SalesforceObject type, IEnumerable<string> ids) =>
        $"SELECT {type.HistoryParent},Field,NewValue,CreatedDate FROM {type.HistoryObject} WHERE {type.HistoryParent} IN {Soql.List(ids)}";

    /// <summary>People by address; a converted lead is told apart by the caller.</summary>
    public static string People(SalesforceObject type, string hubIdField, IEnumerable<string> emails) =>
        $"{Soql.Select(PeopleColumns(type, hubIdField), type.Name)} WHERE Email IN {Soql.List(emails)}";

    /// <summary>Whether records are there, be it in the recycle bin.</summary>
    public static string Presence(SalesforceObject type, IEnumerable<string> ids) => $"SELECT Id,IsDeleted FROM {type.Name} WHERE Id IN {Soql.List(ids)}";

    public static string ByEmail(SalesforceObject type, IEnumerable<string> emails) => $"SELECT Id,IsDeleted FROM {type.Name} WHERE Email IN {Soql.List(emails)}";

    public static string ByHubId(SalesforceObject type, string hubIdField, IEnumerable<string> hubIds) =>
        $"{Soql.Select(PeopleColumns(type, hubIdField), type.Name)} WHERE {Soql.Name(hubIdField)} IN {Soql.List(hubIds)}";

    private static IEnumerable<string> PeopleColumns(SalesforceObject type, string hubIdField)
    {
        IEnumerable<string> always = type.Kind == Records.RecordKind.Person ? ["Id", "Email", hubIdField] : ["Id", hubIdField];
        return type.Converts ? [.. always, "IsConverted", "ConvertedContactId"] : always;
    }

    private static IEnumerable<string> Columns(SalesforceObject type, IReadOnlyList<string> fields, bool deleted)
    {
        List<string> columns = ["Id", "SystemModstamp", "LastModifiedDate"];
        if (deleted)
            columns.Add("IsDeleted");
        if (deleted && type.Merges)
            columns.Add("MasterRecordId");
        if (type.Converts)
            columns.AddRange(["IsConverted", "ConvertedContactId"]);
        return columns.Concat(fields).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Keyset paging in a closed window: also thousands of records of one second come through.</summary>
    private static string Window(FeedPosition from, DateTimeOffset until)
    {
        // A position that is only a time comes from a clock: Salesforce stamps with the whole second that time lies in.
        var start = from.Id.Length == 0 ? new DateTimeOffset(from.Time.Ticks - (from.Time.Ticks % TimeSpan.TicksPerSecond), from.Time.Offset) : from.Time;
        var window = $"WHERE SystemModstamp >= {Soql.Literal(start)} AND SystemModstamp <= {Soql.Literal(until)}";
        var after = from.Id.Length == 0 ? "" : $" AND (SystemModstamp > {Soql.Literal(from.Time)} OR Id > {Soql.Literal(from.Id)})";
        return $"{window}{after} ORDER BY SystemModstamp, Id LIMIT {PageSize}";
    }
}
