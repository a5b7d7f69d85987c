using System.Collections.Concurrent;
using System.Globalization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Connecting;

/// <summary>
/// Vendors' rate limits, kept exactly in any rolling window and shared through the table store: permits are reserved in small chunks
/// (a fiftieth of a limit) that must be used within a fiftieth of its window. What a crashed process had reserved stays counted.
/// </summary>
public sealed class VendorBudget(ITableStore tables, TimeProvider time) : IVendorBudget
{
    private const int ChunksPerWindow = 50;
    private readonly ConcurrentDictionary<SystemId, Account> accounts = new();

    /// <summary>Declares the limits of a system; without it nothing is limited.</summary>
    public void Limit(SystemId system, IReadOnlyList<RateLimit> limits) => accounts[system] = new(system, limits);

    public async ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken)
    {
        if (!accounts.TryGetValue(system, out var account))
            return;
        while (!account.TryTake(scope, time.GetUtcNow()))
            if (await ReserveAsync(account, scope, cancellationToken) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);
    }

    public async ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken)
    {
        var account = accounts.GetOrAdd(system, _ => new(system, []));
        account.Block(time.GetUtcNow() + wait); // at once; the row is for the other processes
        await account.Gate.WaitAsync(cancellationToken);
        try
        {
            var until = time.GetUtcNow() + wait;
            await SaveAsync(account, ledger => ledger.BlockedUntil >= until ? ledger : ledger with { BlockedUntil = until }, cancellationToken);
        }
        finally
        {
            account.Gate.Release();
        }
    }

    /// <summary>Until when the vendor asked to be left alone; null when it did not.</summary>
    public DateTimeOffset? BlockedUntil(SystemId system) =>
        accounts.TryGetValue(system, out var account) && account.BlockedUntil > time.GetUtcNow() ? account.BlockedUntil : null;

    /// <summary>The free part (0 to 1) of every declared limit, as far as this process has seen.</summary>
    public IEnumerable<(SystemId System, string Scope, TimeSpan Window, double Free)> Headroom() =>
        accounts.Values.SelectMany(account => account.Headroom(time.GetUtcNow()));

    private async Task<TimeSpan> ReserveAsync(Account account, string scope, CancellationToken cancellationToken)
    {
        await account.Gate.WaitAsync(cancellationToken);
        try
        {
            if (account.HasPermit(scope, time.GetUtcNow()))
                return TimeSpan.Zero; // somebody reserved while we waited
            var wait = TimeSpan.Zero;
            await SaveAsync(account, ledger => ledger.Reserve(account.Applying(scope, time.GetUtcNow()), account.BlockedUntil, time.GetUtcNow(), out wait), cancellationToken);
            if (wait == TimeSpan.Zero)
                account.Grant(scope, time.GetUtcNow());
            return wait;
        }
        finally
        {
            account.Gate.Release();
        }
    }

    private async Task SaveAsync(Account account, Func<Ledger, Ledger> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!account.Loaded)
                await LoadAsync(account, cancellationToken);
            var changed = change(account.Ledger);
            if (ReferenceEquals(changed, account.Ledger))
                return;
            var row = changed.ToRow(account.System);
            var written = await tables.WriteAsync(Tables.Budgets, account.ETag is null ? new TableAction.Insert(row) : new TableAction.Replace(row, account.ETag), cancellationToken);
            account.Loaded = written.Done;
            if (!written.Done)
                continue;
            (account.Ledger, account.ETag) = (changed, written.ETag);
            return;
        }
    }

    private async Task LoadAsync(Account account, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Budgets, "budget", account.System.Name, cancellationToken);
        (account.Ledger, account.ETag, account.Loaded) = (row is null ? Ledger.Empty : Ledger.Of(row), row?.ETag, true);
    }

    /// <summary>What this process may still use of what it reserved.</summary>
    private sealed class Account(SystemId system, IReadOnlyList<RateLimit> limits)
    {
        private readonly Lock taking = new();
        private DateTimeOffset blocked = DateTimeOffset.UnixEpoch;
        private readonly Dictionary<RateLimit, (int Left, DateTimeOffset Until)> granted = limits.ToDictionary(limit => limit, _ => (0, DateTimeOffset.MinValue));

        public SystemId System => system;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Ledger Ledger { get; set; } = Ledger.Empty;

        public string? ETag { get; set; }

        public bool Loaded { get; set; }

        public DateTimeOffset BlockedUntil => blocked > Ledger.BlockedUntil ? blocked : Ledger.BlockedUntil;

        public void Block(DateTimeOffset until)
        {
            lock (taking)
                blocked = until > blocked ? until : blocked;
        }

        public bool TryTake(string scope, DateTimeOffset now)
        {
            lock (taking)
            {
                if (!HasPermit(scope, now))
                    return false;
                foreach (var limit in Counting(scope))
                    granted[limit] = (granted[limit].Left - 1, granted[limit].Until);
                return true;
            }
        }

        public bool HasPermit(string scope, DateTimeOffset now)
        {
            lock (taking)
                return BlockedUntil <= now && Counting(scope).All(limit => Has(limit, now));
        }

        public RateLimit[] Applying(string scope, DateTimeOffset now) => [.. Counting(scope).Where(limit => !Has(limit, now))];

        public void Grant(string scope, DateTimeOffset now)
        {
            lock (taking)
                foreach (var limit in Applying(scope, now))
                    granted[limit] = (Ledger.LastReserved(limit), now + limit.Window / ChunksPerWindow);
        }

        public IEnumerable<(SystemId System, string Scope, TimeSpan Window, double Free)> Headroom(DateTimeOffset now) =>
            limits.Select(limit => (system, limit.Scope, limit.Window, BlockedUntil > now ? 0 : Ledger.Free(limit, now)));

        private bool Has(RateLimit limit, DateTimeOffset now) => granted[limit].Left > 0 && granted[limit].Until > now;

        private IEnumerable<RateLimit> Counting(string scope) => limits.Where(limit => limit.Scope == "*" || limit.Scope == scope);
    }

    /// <summary>What all processes reserved of each limit and may still have under way.</summary>
    private sealed record Ledger(DateTimeOffset BlockedUntil, IReadOnlyDictionary<string, (DateTimeOffset At, int Count)[]> Chunks)
    {
        public static readonly Ledger Empty = new(DateTimeOffset.UnixEpoch, new Dictionary<string, (DateTimeOffset, int)[]>());

        public static Ledger Of(TableRow row) => new(row.Value<DateTimeOffset>("Blocked") ?? DateTimeOffset.UnixEpoch, row.Values
            .Where(value => value.Key.StartsWith("L_", StringComparison.Ordinal))
            .ToDictionary(value => value.Key, value => ((string)value.Value).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ParseChunk).ToArray()));

        /// <summary>One chunk of each limit; or nothing, and how long to wait.</summary>
        public Ledger Reserve(RateLimit[] limits, DateTimeOffset blockedUntil, DateTimeOffset now, out TimeSpan wait)
        {
            wait = blockedUntil > now ? blockedUntil - now : TimeSpan.Zero;
            var chunks = Chunks.ToDictionary();
            foreach (var limit in limits)
            {
                var life = Life(limit);
                var living = Living(limit, now);
                var free = limit.Permits - living.Sum(chunk => chunk.Count);
                if (free <= 0 && living[0].At + life - now > wait)
                    wait = living[0].At + life - now;
                chunks[Name(limit)] = [.. living, (now, Math.Min(Math.Max(1, limit.Permits / ChunksPerWindow), Math.Max(free, 1)))];
            }
            return wait > TimeSpan.Zero ? this : new(BlockedUntil, chunks);
        }

        public int LastReserved(RateLimit limit) => Chunks[Name(limit)][^1].Count;

        public double Free(RateLimit limit, DateTimeOffset now) => Math.Max(0, 1 - (double)Living(limit, now).Sum(chunk => chunk.Count) / limit.Permits);

        public TableRow ToRow(SystemId system)
        {
            var values = new Dictionary<string, object> { ["Blocked"] = BlockedUntil };
            foreach (var (name, chunks) in Chunks)
                values[name] = string.Join(';', chunks.Select(chunk => string.Create(CultureInfo.InvariantCulture, $"{chunk.At.ToUnixTimeMilliseconds()}:{chunk.Count}")));
            return new("budget", system.Name, values);
        }

        private (DateTimeOffset At, int Count)[] Living(RateLimit limit, DateTimeOffset now) =>
            [.. Chunks.GetValueOrDefault(Name(limit), []).Where(chunk => chunk.At + Life(limit) > now)];

        /// <summary>A permit may be used late in its chunk's time, and the call may reach the vendor later still.</summary>
        private static TimeSpan Life(RateLimit limit) => limit.Window + 2 * limit.Window / ChunksPerWindow;

        /// <summary>Two limits of one scope differ by their windows.</summary>
        private static string Name(RateLimit limit) => string.Create(CultureInfo.InvariantCulture, $"L_{(limit.Scope == "*" ? "all" : limit.Scope)}_{limit.Window.TotalMilliseconds:0}");

        private static (DateTimeOffset, int) ParseChunk(string text)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text.AsSpan(0, colon), CultureInfo.InvariantCulture)), int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        }
    }
}
