using Microsoft.Extensions.DependencyInjection;
using StackHub.Storage;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>Where hubs die: between a call to a vendor and the row that would have kept its answer, once for each such row.</summary>
internal sealed class Mortality
{
    private readonly Lock gate = new();
    private readonly HashSet<string> passed = [];
    private readonly HashSet<string> died = [];

    public IReadOnlyCollection<string> Deaths
    {
        get
        {
            lock (gate)
                return [.. died];
        }
    }

    /// <summary>The hub that runs now; the one that a test starts next is another.</summary>
    public MortalTables? Living { get; set; }

    /// <summary>Every hub of the stage gets tables that it can die at.</summary>
    public void Into(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(ITableStore)).ImplementationType!;
        services.AddSingleton<ITableStore>(provider => Living = new MortalTables((ITableStore)ActivatorUtilities.CreateInstance(provider, own), this));
    }

    /// <summary>A task passes its gate: the call comes next.</summary>
    public void Pass(string row)
    {
        lock (gate)
            passed.Add(row);
    }

    public bool Strikes(string row)
    {
        lock (gate)
            return passed.Contains(row) && died.Add(row);
    }
}

/// <summary>Tables of a process that stops at one of them and never does anything again, as one that was killed.</summary>
internal sealed class MortalTables(ITableStore tables, Mortality mortality) : ITableStore
{
    private readonly CancellationTokenSource buried = new();
    private volatile bool dead;

    public bool IsDead => dead;

    /// <summary>Whatever still waits in the dead process ends, and nothing of it is written.</summary>
    public void Bury() => buried.Cancel();

    public async Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken)
    {
        await LiveAsync(cancellationToken);
        return await tables.GetAsync(table, partition, row, cancellationToken);
    }

    public async Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken)
    {
        if (table == Tables.Privacy && action.Row.StartsWith("task|", StringComparison.Ordinal) && mortality.Strikes(action.Row))
            dead = true;
        await LiveAsync(cancellationToken);
        return await tables.WriteAsync(table, action, cancellationToken);
    }

    public async Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        await LiveAsync(cancellationToken);
        var written = await tables.WriteAllAsync(table, actions, cancellationToken);
        if (table == Tables.Privacy && written.Done)
            foreach (var action in actions.Where(action => action.Row.StartsWith("task|", StringComparison.Ordinal)))
                mortality.Pass(action.Row);
        return written;
    }

    public async Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        await LiveAsync(cancellationToken);
        return await tables.QueryAsync(table, range, take, continuation, cancellationToken);
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        if (!dead)
            return;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, buried.Token);
        await Task.Delay(Timeout.Infinite, until.Token);
    }
}
