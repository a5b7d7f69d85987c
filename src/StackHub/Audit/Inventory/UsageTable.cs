using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>One person's account in one tool, and when it was last used.</summary>
/// <param name="LastLogin">Null for one that was given and never used, and where nobody tells.</param>
public readonly record struct Account(int User, LocalDate? LastLogin);

/// <summary>
/// Who has an account where, and the day it was last used. A million rows are eight megabytes: people and tools are numbers here, and a tool's
/// accounts are one stretch of one array, ordered by person.
/// </summary>
public sealed class UsageTable
{
    public static readonly UsageTable Empty = new UsageBuilder().Build();

    private readonly FrozenDictionary<ToolId, (int From, int Until)> stretches;
    private readonly ulong[] rows;
    private readonly UserId[] users;

    internal UsageTable(FrozenDictionary<ToolId, (int From, int Until)> stretches, ulong[] rows, UserId[] users)
    {
        this.stretches = stretches;
        this.rows = rows;
        this.users = users;
    }

    /// <summary>As it is held, for whoever keeps it.</summary>
    internal IReadOnlyList<ulong> Raw => rows;

    public int Rows => rows.Length;

    public int Users => users.Length;

    /// <summary>Tools of which somebody's accounts are known.</summary>
    public ImmutableArray<ToolId> Tools => stretches.Keys;

    internal (int From, int Until) StretchOf(ToolId tool) => stretches.GetValueOrDefault(tool);

    public UserId User(int number) => users[number];

    /// <summary>Some list tells who has an account in it.</summary>
    public bool Knows(ToolId tool) => stretches.ContainsKey(tool);

    /// <summary>Some list tells when accounts of it were used.</summary>
    public bool TellsLogins(ToolId tool)
    {
        var (from, until) = stretches.GetValueOrDefault(tool);
        for (var index = from; index < until; index++)
            if (UsageBuilder.IsTold(rows[index]))
                return true;
        return false;
    }

    /// <summary>A tool's accounts, by person.</summary>
    public IEnumerable<Account> Of(ToolId tool)
    {
        var (from, until) = stretches.GetValueOrDefault(tool);
        for (var index = from; index < until; index++)
            yield return new(UsageBuilder.UserOf(rows[index]), UsageBuilder.DayOf(rows[index]));
    }

    public int Accounts(ToolId tool) => stretches.GetValueOrDefault(tool) is var (from, until) ? until - from : 0;

    /// <summary>Accounts that were used on or after the day.</summary>
    public int ActiveSince(ToolId tool, LocalDate day) => Of(tool).Count(account => account.LastLogin >= day);

    /// <summary>The tool's people who used it on or after the day, by number, rising.</summary>
    public int[] ActiveUsers(ToolId tool, LocalDate day) => [.. Of(tool).Where(account => account.LastLogin >= day).Select(account => account.User)];

    /// <summary>The newest login of anybody; null when nobody ever came.</summary>
    public LocalDate? LastLogin(ToolId tool) => Of(tool).Max(account => account.LastLogin);
}
