using System.Globalization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Privacy.Tasks;

/// <summary>
/// Which tasks of a system are due when, beside the message that each of them has: whoever handles one takes the others along, and their
/// vendor is asked for all of them at once. A row that is lost makes a batch smaller and nothing else.
/// </summary>
public sealed class DueTasks(ITableStore tables)
{
    private const string Moment = "yyyyMMddHHmmssfff";
    private const char Between = '|';

    public Task AddAsync(SystemId system, RequestId request, string task, DateTimeOffset at, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.PrivacyIndex, new(PartitionOf(system), string.Join(Between, Text(at), request, task), new Dictionary<string, object>()), cancellationToken);

    /// <summary>The earliest that are due; what is taken here nobody else takes.</summary>
    public async Task<IReadOnlyList<(RequestId Request, string Task)>> TakeAsync(SystemId system, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.PrivacyIndex, TableRange.In(PartitionOf(system), null, Text(now.AddMilliseconds(1))), Math.Min(most, TableLimits.MaxTake), null, cancellationToken);
        var taken = await Task.WhenAll(page.Rows.Select(async row => (await tables.DeleteAsync(Tables.PrivacyIndex, row.Partition, row.Row, row.ETag, cancellationToken)).Done ? row : null));
        return [.. taken.OfType<TableRow>().Select(row => row.Row.Split(Between, 3)).Select(parts => (RequestId.Parse(parts[1]), parts[2])).Distinct()];
    }

    private static string PartitionOf(SystemId system) => $"due{Between}{system}";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture);
}
