using System.Text.Json.Nodes;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Answers queries over the org's records, by index where one fits.</summary>
internal sealed class SoqlRunner(SalesforceState state)
{
    private readonly SoqlPaths paths = new(state);

    /// <summary>The matching rows in order, as the search index sees them at this moment.</summary>
    public List<SObjectRow> Rows(SoqlQuery query, bool withDeleted, DateTimeOffset now)
    {
        var table = state.Table(query.From) ?? throw new SalesforceError("INVALID_TYPE",
            $"\nFROM {query.From}\n^\nERROR at Row:1:Column:1\nsObject type '{query.From}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.").Refusal();
        var test = new SoqlFilter(paths).Test(table.Type, query.Where);
        var late = table.Lag.Late(now);
        var rows = Candidates(table, query.Where).Concat(late).Distinct()
            .Select(table.Lag.Seen)
            .Where(row => row is not null && (withDeleted || !row.IsDeleted) && test(row))
            .Select(row => row!);
        var ordered = Ordered(rows, table.Type, query.OrderBy).Skip(query.Offset);
        return [.. query.Limit is { } limit ? ordered.Take(limit) : ordered];
    }

    public Func<SObjectRow, JsonObject> Shape(SoqlQuery query, string version)
    {
        var type = state.Table(query.From)!.Type;
        var columns = query.Select.Select(path => paths.Resolve(type, path)).ToList();
        return row =>
        {
            var json = Headed(type.Name, row.Id, version);
            foreach (var column in columns)
                Place(json, row, column, version);
            return json;
        };
    }

    public static JsonObject Headed(string type, string id, string version) => new()
    {
        ["attributes"] = new JsonObject { ["type"] = type, ["url"] = $"/services/data/v{version}/sobjects/{type}/{id}" },
    };

    private void Place(JsonObject json, SObjectRow row, SoqlPath column, string version)
    {
        var (target, current) = (json, row);
        foreach (var step in column.Steps)
        {
            var lookup = current.Type.Relationships[step];
            if (current[lookup.Name] is not string id || state.Table(lookup.ReferenceTo!)!.Find(id) is not { } parent)
            {
                target[step] = null;
                return;
            }

            if (target[step] is not JsonObject inner)
                target[step] = inner = Headed(parent.Type.Name, parent.Id, version);
            (target, current) = (inner, parent);
        }

        target[column.Field.Name] = FieldValues.ToJson(column.Value(row));
    }

    private IOrderedEnumerable<SObjectRow> Ordered(IEnumerable<SObjectRow> rows, SObjectType type, IReadOnlyList<SoqlOrder> order)
    {
        IOrderedEnumerable<SObjectRow>? ordered = null;
        foreach (var by in order)
        {
            var path = paths.Resolve(type, by.Path);
            var comparer = SoqlValueComparer.For(by);
            ordered = ordered is null ? rows.OrderBy(path.Value, comparer) : ordered.ThenBy(path.Value, comparer);
        }

        return ordered ?? rows.OrderBy(row => row.Number);
    }

    /// <summary>A small set of rows that contains every match: by id, by an indexed field, or by time.</summary>
    private static IEnumerable<SObjectRow> Candidates(SObjectTable table, SoqlCondition? where)
    {
        var conditions = where switch
        {
            SoqlCondition.All(var parts) => parts.OfType<SoqlCondition.Compare>(),
            SoqlCondition.Compare compare => [compare],
            _ => [],
        };
        var (from, to) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var compare in conditions)
        {
            if (compare.Operator is "=" or "IN" && compare.Values.All(value => value.Value is string))
            {
                var ordinal = table.Type.Ordinal(compare.Path);
                var values = compare.Values.Select(value => (string)value.Value!).Distinct(StringComparer.OrdinalIgnoreCase);
                if (ordinal == 0)
                    return values.Select(value => table.Find(SalesforceIds.Normal(value))).OfType<SObjectRow>();
                if (ordinal > 0 && table.IsIndexed(ordinal))
                    return values.Select(value => table.Type.Fields[ordinal].Type == FieldType.Reference ? SalesforceIds.Normal(value) ?? value : value)
                        .SelectMany(value => table.With(ordinal, value)).ToList();
            }

            if (compare.Path.Equals(TimeField(table), StringComparison.OrdinalIgnoreCase) && compare.Values[0].Value is DateTimeOffset time)
                (from, to) = compare.Operator switch
                {
                    ">" or ">=" => (time > from ? time : from, to),
                    "<" or "<=" => (from, time < to ? time : to),
                    "=" => (time, time),
                    _ => (from, to),
                };
        }

        return from > DateTimeOffset.MinValue || to < DateTimeOffset.MaxValue ? table.ModifiedBetween(from, to).ToList() : table.Rows;
    }

    private static string TimeField(SObjectTable table) => table.Type.HistoryOf is null ? "SystemModstamp" : "CreatedDate";
}
