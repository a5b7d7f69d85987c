namespace StackHub.Sqlite.Engine;

/// <summary>The tables of the file. A row's key is one blob (see RowKey), so that every range is a range of bytes.</summary>
internal static class Schema
{
    private const int Version = 1;

    private const string Tables =
        """
        CREATE TABLE tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE rows (id INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, etag INTEGER NOT NULL, v BLOB NOT NULL);
        CREATE TABLE queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, depth INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE messages (queue INTEGER NOT NULL, visible INTEGER NOT NULL, id INTEGER NOT NULL, inserted INTEGER NOT NULL,
            received INTEGER NOT NULL, receipt INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (queue, visible, id)) WITHOUT ROWID;
        CREATE TABLE blobs (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, content BLOB NOT NULL);
        CREATE TABLE stamps (next INTEGER NOT NULL);
        INSERT INTO stamps VALUES (1);
        PRAGMA user_version = 1;
        """;

    /// <summary>Makes the tables once, whichever process comes first.</summary>
    public static void Create(Connection connection)
    {
        if (Exists(connection))
            return;
        connection.Execute("BEGIN IMMEDIATE");
        if (!Exists(connection))
            connection.Execute(Tables);
        connection.Execute("COMMIT");
    }

    private static bool Exists(Connection connection) => connection.Scalar("PRAGMA user_version") switch
    {
        0 => false,
        Version => true,
        var other => throw new InvalidDataException($"This store has format {other}; this program reads format {Version}."),
    };
}
