using System.Collections.Frozen;
using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>Collects accounts in any order, any number of times; the newest login of each counts.</summary>
public sealed class UsageBuilder
{
    /// <summary>In the place of a day: a list that tells more wins over one that tells less.</summary>
    private const int Untold = 0;
    private const int Never = 1;
    private const int DayBits = 16;
    private const int UserBits = 24;
    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private readonly Dictionary<UserId, int> users = [];
    private readonly Dictionary<ToolId, int> tools = [];
    private readonly List<ulong> rows = [];

    public int Rows => rows.Count;

    /// <param name="lastLogin">Null for an account that was never used.</param>
    /// <param name="told">False when the list knows of no logins at all: then null says nothing.</param>
    public void Add(ToolId tool, UserId user, LocalDate? lastLogin, bool told = true)
    {
        var toolNumber = Number(tools, tool);
        var userNumber = Number(users, user);
        if (userNumber >> UserBits != 0 || toolNumber >> UserBits != 0)
            throw new InvalidOperationException($"More than {1 << UserBits:N0} people or tools.");
        rows.Add(((ulong)toolNumber << (DayBits + UserBits)) | ((ulong)userNumber << DayBits) | (uint)(told ? Day(lastLogin) : Untold));
    }

    public UsageTable Build()
    {
        var sorted = rows.ToArray();
        Array.Sort(sorted);
        var kept = Newest(sorted);
        Array.Resize(ref sorted, kept);
        var names = new UserId[users.Count];
        foreach (var (user, number) in users)
            names[number] = user;
        return new(Stretches(sorted), sorted, names);
    }

    internal static int UserOf(ulong row) => (int)(row >> DayBits) & ((1 << UserBits) - 1);

    internal static LocalDate? DayOf(ulong row) => (int)(row & ushort.MaxValue) is var day && day <= Never ? null : Epoch.PlusDays(day);

    internal static bool IsTold(ulong row) => (row & ushort.MaxValue) != Untold;

    /// <summary>Of equal accounts the last in order is the one with the newest day.</summary>
    private static int Newest(ulong[] sorted)
    {
        var kept = 0;
        for (var index = 0; index < sorted.Length; index++)
            if (index + 1 == sorted.Length || sorted[index] >> DayBits != sorted[index + 1] >> DayBits)
                sorted[kept++] = sorted[index];
        return kept;
    }

    private FrozenDictionary<ToolId, (int From, int Until)> Stretches(ulong[] sorted)
    {
        var bounds = new (int From, int Until)[tools.Count];
        for (var from = 0; from < sorted.Length;)
        {
            var tool = sorted[from] >> (DayBits + UserBits);
            var until = from;
            while (until < sorted.Length && sorted[until] >> (DayBits + UserBits) == tool)
                until++;
            bounds[(int)tool] = (from, until);
            from = until;
        }

        return tools.ToFrozenDictionary(tool => tool.Key, tool => bounds[tool.Value]);
    }

    private static int Day(LocalDate? day) => day is { } date ? Math.Clamp(Period.DaysBetween(Epoch, date), Never + 1, ushort.MaxValue) : Never;

    private static int Number<T>(Dictionary<T, int> known, T one) where T : notnull
    {
        if (!known.TryGetValue(one, out var number))
            known.Add(one, number = known.Count);
        return number;
    }
}
