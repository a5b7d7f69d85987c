using System.Security.Cryptography;
using System.Text;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Options;

/// <summary>An option of a system's stage field that means no stage: whoever chooses it there moves nobody.</summary>
/// <param name="Since">When the hub first saw it unmapped.</param>
public sealed record UnmappedOption(SystemId System, string Field, string Value, string Label, DateTimeOffset Since);

/// <summary>The options that nobody mapped, as each system had them last night: a partition a system, a row an option.</summary>
public sealed class OptionStore(ITableStore tables, TimeProvider time)
{
    /// <summary>What the system has now replaces what it had; an option that is still there keeps its time.</summary>
    public async Task SaveAsync(SystemId system, IEnumerable<StackHub.Connecting.StageOption> unmapped, CancellationToken cancellationToken)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.In(PartitionOf(system)), cancellationToken))
            gone.Add(row.Row);
        foreach (var option in unmapped.DistinctBy(RowOf))
            if (!gone.Remove(RowOf(option)))
                await tables.InsertAsync(Tables.Lifecycle, new(PartitionOf(system), RowOf(option), new Dictionary<string, object>
                {
                    ["Field"] = option.VendorField,
                    ["Value"] = option.Value,
                    ["Label"] = option.Label,
                    ["At"] = time.GetUtcNow(),
                }), cancellationToken);
        foreach (var row in gone)
            await tables.DeleteAsync(Tables.Lifecycle, PartitionOf(system), row, null, cancellationToken);
    }

    public async Task<IReadOnlyList<UnmappedOption>> OfAsync(SystemId system, CancellationToken cancellationToken)
    {
        var options = new List<UnmappedOption>();
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.In(PartitionOf(system)), cancellationToken))
            options.Add(new(system, row.Text("Field")!, row.Text("Value")!, row.Text("Label")!, row.Value<DateTimeOffset>("At")!.Value));
        return options;
    }

    private static string PartitionOf(SystemId system) => $"options|{system}";

    /// <summary>A word of a system may hold what a key may not.</summary>
    private static string RowOf(StackHub.Connecting.StageOption option) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{option.VendorField}|{option.Value}")).AsSpan(0, 12));
}
