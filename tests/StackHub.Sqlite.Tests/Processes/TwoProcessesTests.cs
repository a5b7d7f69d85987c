namespace StackHub.Sqlite.Tests.Processes;

public sealed class TwoProcessesTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFolder folder = new();

    [Fact]
    public async Task Two_processes_on_one_file_lose_no_update_and_see_each_others_messages()
    {
        var database = await folder.OpenAsync(SqliteFolder.Fast, TimeProvider.System);
        var (tables, queue) = (new SqliteTables(database), new SqliteQueue(database));
        using var child = ChildProcess.Start("neighbour", folder.Path);
        Assert.Equal("ready", await child.StandardOutput.ReadLineAsync(None));
        var wait = queue.WaitAsync("between", TimeSpan.FromMinutes(2), None);

        await child.StandardInput.WriteLineAsync("go");
        await Neighbour.CountUpAsync(tables);
        var won = await Neighbour.RaceAsync(tables);
        var output = await child.StandardOutput.ReadToEndAsync(None);
        await child.WaitForExitAsync(None);
        await wait;

        Assert.Equal(0, child.ExitCode);
        Assert.Equal(2 * Neighbour.Steps, (await tables.GetAsync(Neighbour.Table, "counter", "c", None))?.Value<int>("v"));
        Assert.Equal($"won {Neighbour.Steps - won}", output.Trim());
        Assert.Equal("hello", Assert.Single(await queue.ReceiveAsync("between", 1, TimeSpan.FromMinutes(1), None)).Body);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
