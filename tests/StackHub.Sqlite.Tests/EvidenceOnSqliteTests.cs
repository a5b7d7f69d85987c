using StackHub.Privacy.Evidence;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Sqlite.Tests;

/// <summary>What is hashed when evidence is written is what a real store gives back.</summary>
public sealed class EvidenceOnSqliteTests : IAsyncDisposable
{
    private readonly SqliteFolder folder = new();
    private readonly HubKeys keys = new(new byte[32]);

    [Fact]
    public async Task Eight_writers_leave_one_whole_chain_that_another_process_reads_and_purges()
    {
        var ledger = new EvidenceLedger(new SqliteTables(await folder.OpenAsync()), keys, TimeProvider.System);
        await ledger.OpenAsync("r1", "person-1", default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 25; number++)
                await ledger.AppendAsync("r1", new EvidenceNote($"{writer}-{number}", "accepted", "hub").With("größe", "\"<&\u00fc日本\U0001F600"), default);
        })));
        await ledger.CloseAsync("r1", new(2020, 1, 1), default);

        var tables = new SqliteTables(await folder.OpenAsync());
        var again = new EvidenceLedger(tables, keys, TimeProvider.System);
        var verdict = await again.CheckAsync("r1", null, default);
        Assert.Empty(verdict.Faults);
        Assert.Equal(Enumerable.Range(1, 200), verdict.Entries.Select(entry => entry.Sequence));
        Assert.Equal(1, await new EvidencePurge(tables, keys, again, TimeProvider.System).RunAsync(default));
        Assert.Null((await again.CheckAsync("r1", null, default)).Head);
        Assert.Empty((await tables.QueryAsync(Storage.Tables.Evidence, TableRange.In("request|r1"), 10, null, default)).Rows);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
