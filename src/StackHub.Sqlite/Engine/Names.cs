using System.Collections.Concurrent;

namespace StackHub.Sqlite.Engine;

/// <summary>The numbers of tables or queues by name. Only existing names are remembered: another process may make the others.</summary>
internal sealed class Names(SqliteDatabase database, Query find, Query create, StringComparer comparer)
{
    private readonly ConcurrentDictionary<string, int> known = new(comparer);

    public bool TryFind(string name, out int id)
    {
        if (known.TryGetValue(name, out id))
            return true;
        id = database.Read((name, find), static (connection, state) => Find(connection, state.name, state.find));
        if (id == 0)
            return false;
        known[name] = id;
        return true;
    }

    public async Task<int> CreateAsync(string name)
    {
        var id = await database.WriteAsync((name, find, create), static (writer, state) =>
        {
            using (var run = writer.Connection.Start(state.create))
            {
                run.Bind(1, state.name);
                run.Step();
            }
            return Find(writer.Connection, state.name, state.find);
        });
        known[name] = id;
        return id;
    }

    private static int Find(Connection connection, string name, Query find)
    {
        using var run = connection.Start(find);
        run.Bind(1, name);
        return run.Step() ? run.Int(0) : 0;
    }
}
