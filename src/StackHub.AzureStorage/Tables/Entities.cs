using System.Globalization;
using Azure;
using Azure.Data.Tables;
using StackHub.Storage;

namespace StackHub.AzureStorage.Tables;

/// <summary>Rows as the client's entities, there and back.</summary>
internal static class Entities
{
    private const string TypeOf = "@odata.type";

    public static TableTransactionAction Transaction(TableAction action) => action switch
    {
        TableAction.Insert insert => new(TableTransactionActionType.Add, Of(insert.Entity)),
        TableAction.Upsert upsert => new(TableTransactionActionType.UpsertReplace, Of(upsert.Entity)),
        TableAction.Replace replace => new(TableTransactionActionType.UpdateReplace, Of(replace.Entity), new ETag(replace.ETag)),
        TableAction.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(delete.Partition, delete.Row), Version(delete)),
        _ => throw new ArgumentException($"{action.GetType().Name} is not a table action.", nameof(action)),
    };

    public static ETag Version(TableAction.Delete delete) => delete.ETag is { } etag ? new ETag(etag) : ETag.All;

    public static TableEntity Of(TableRow row)
    {
        var entity = new TableEntity(row.Partition, row.Row);
        foreach (var (name, value) in row.Values)
            switch (value)
            {
                case DateTimeOffset time:
                    entity[name] = time.ToUniversalTime();
                    break;
                case double number when !double.IsFinite(number): // JSON has no such number; Azure takes its name, the client does not write it
                    entity[name] = number.ToString(CultureInfo.InvariantCulture);
                    entity[name + TypeOf] = "Edm.Double";
                    break;
                default:
                    entity[name] = value;
                    break;
            }
        return entity;
    }

    public static TableRow Row(TableEntity entity)
    {
        var values = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entity)
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
                values[name] = value is BinaryData binary ? binary.ToArray() : value;
        return new TableRow(entity.PartitionKey, entity.RowKey, values) { ETag = entity.ETag.ToString() };
    }
}
