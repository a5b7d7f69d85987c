using Azure.Data.Tables;
using StackHub.Storage;

namespace StackHub.AzureStorage.Tables;

/// <summary>A range as a filter on the two keys, which Azure answers from its index.</summary>
internal static class RangeFilter
{
    public static string? Of(TableRange range)
    {
        List<string> bounds = [];
        if (range.Partition is { } partition)
            bounds.Add(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"));
        if (range.FromRow is { } fromRow)
            bounds.Add(TableClient.CreateQueryFilter($"RowKey ge {fromRow}"));
        if (range.ToRow is { } toRow)
            bounds.Add(TableClient.CreateQueryFilter($"RowKey lt {toRow}"));
        if (range.FromPartition is { } from)
            bounds.Add(TableClient.CreateQueryFilter($"PartitionKey ge {from}"));
        if (range.ToPartition is { } to)
            bounds.Add(TableClient.CreateQueryFilter($"PartitionKey lt {to}"));
        return bounds.Count == 0 ? null : string.Join(" and ", bounds);
    }
}
