using StackHub.Privacy.Evidence;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Privacy.Evidence;

/// <summary>A ledger in memory whose rows a test can change behind its back.</summary>
internal sealed class Chains
{
    public const string Request = "0193f000-0000-7000-8000-000000000001";
    public const string Subject = "person-1";

    public InMemoryTables Tables { get; } = new();

    public ManualTime Time { get; } = new(new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    public HubKeys Keys { get; } = new(new byte[32]);

    public EvidenceLedger Ledger => new(Tables, Keys, Time);

    public EvidencePurge Purge => new(Tables, Keys, Ledger, Time);

    public void MoveTo(DateTimeOffset moment) => Time.Advance(moment - Time.GetUtcNow());

    public static EvidenceNote Note(int number) => new($"note-{number}", "accepted", "hub") { System = "hubspot" };

    public async Task<Chains> WithAsync(int entries, string request = Request, string subject = Subject)
    {
        await Ledger.OpenAsync(request, subject, default);
        for (var number = 1; number <= entries; number++)
            await Ledger.AppendAsync(request, Note(number).With("ticket", $"t-{number}"), default);
        return this;
    }

    public async Task<IReadOnlyList<TableRow>> RowsAsync(string request = Request)
    {
        var rows = new List<TableRow>();
        await foreach (var row in Tables.RowsAsync(Storage.Tables.Evidence, TableRange.In($"request|{request}"), default))
            rows.Add(row);
        return rows;
    }

    public async Task<IReadOnlyList<(LedgerFaultKind, int)>> FaultsAsync(LedgerAnchor? anchor = null) =>
        [.. (await Ledger.CheckAsync(Request, anchor, default)).Faults.Select(fault => (fault.Kind, fault.Sequence))];

    public Task DeleteAsync(TableRow row) => Tables.DeleteAsync(Storage.Tables.Evidence, row.Partition, row.Row, null, default);

    public Task PutAsync(TableRow row) => Tables.UpsertAsync(Storage.Tables.Evidence, row, default);

    public static int Sequence(TableRow row) => int.Parse(row.Row["entry|".Length..]);

    public static bool IsEntry(TableRow row) => row.Row.StartsWith("entry|", StringComparison.Ordinal);
}
