using System.Globalization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Agreement;

/// <summary>The nightly agreement of each system, a partition a system, a row a day.</summary>
public sealed class AgreementStore(ITableStore tables)
{
    public Task SaveAsync(SystemAgreement agreement, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.Lifecycle, new(PartitionOf(agreement.System), Day(agreement.At), new Dictionary<string, object>
        {
            ["At"] = agreement.At,
            ["People"] = agreement.People,
            ["Agreeing"] = agreement.Agreeing,
            ["Rejected"] = agreement.Rejected,
        }), cancellationToken);

    /// <summary>Day by day, the earliest first.</summary>
    public async Task<IReadOnlyList<SystemAgreement>> OfAsync(SystemId system, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var days = new List<SystemAgreement>();
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.In(PartitionOf(system), Day(since)), cancellationToken))
            days.Add(new(system, row.Value<DateTimeOffset>("At")!.Value, row.Value<long>("People")!.Value, row.Value<long>("Agreeing")!.Value, row.Value<long>("Rejected")!.Value));
        return days;
    }

    private static string PartitionOf(SystemId system) => $"agreement|{system}";

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
