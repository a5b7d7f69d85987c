using System.Text.RegularExpressions;

namespace StackHub.Storage;

/// <summary>Azure Table Storage's published limits, enforced before anything is sent, on every store alike (the emulator is looser).</summary>
public static partial class TableLimits
{
    public const int MaxBatch = 100;
    public const int MaxBatchBytes = 4 * 1024 * 1024;
    public const int MaxRowBytes = 1024 * 1024;
    public const int MaxProperties = 252;
    public const int MaxTextChars = 32_768;
    public const int MaxBinaryBytes = 65_536;
    public const int MaxKeyChars = 512;
    public const int MaxTake = 1_000;

    public static void CheckTable(string table)
    {
        if (!TablePattern().IsMatch(table) || table.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Table name '{table}': 3 to 63 letters and digits, starting with a letter, and not the reserved name 'tables'.", nameof(table));
    }

    public static void CheckTake(int take)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, MaxTake);
    }

    public static void Check(TableAction action)
    {
        CheckKey(action.Partition);
        CheckKey(action.Row);
        if (Entity(action) is { } row)
            CheckRow(row);
    }

    public static void CheckBatch(IReadOnlyList<TableAction> actions)
    {
        if (actions.Count is 0 or > MaxBatch)
            throw new ArgumentException($"A batch has 1 to {MaxBatch} actions; this one has {actions.Count}.", nameof(actions));
        var rows = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (action.Partition != actions[0].Partition)
                throw new ArgumentException("A batch stays in one partition.", nameof(actions));
            if (!rows.Add(action.Row))
                throw new ArgumentException("A batch names each row once.", nameof(actions));
            Check(action);
        }
        var bytes = actions.Sum(action => Math.Max(TableBatchSize.Of(action), Entity(action) is { } row ? Size(row) : 0));
        if (bytes > MaxBatchBytes)
            throw new ArgumentException($"A batch is at most {MaxBatchBytes} bytes; this one has {bytes}.", nameof(actions));
    }

    public static void CheckKey(string key)
    {
        if (key.Length > MaxKeyChars)
            throw new ArgumentException($"A key is at most {MaxKeyChars} characters; this one has {key.Length}.", nameof(key));
        foreach (var character in key)
            if (character is '/' or '\\' or '#' or '?' or <= '\u001F' or (>= '\u007F' and <= '\u009F'))
                throw new ArgumentException($"A key may not contain the character U+{(int)character:X4}.", nameof(key));
        if (!WellFormed.Is(key))
            throw new ArgumentException("A key is well-formed text.", nameof(key));
    }

    private static TableRow? Entity(TableAction action) => action switch
    {
        TableAction.Insert insert => insert.Entity,
        TableAction.Upsert upsert => upsert.Entity,
        TableAction.Replace replace => replace.Entity,
        _ => null,
    };

    private static void CheckRow(TableRow row)
    {
        if (row.Values.Count > MaxProperties)
            throw new ArgumentException($"A row has at most {MaxProperties} properties; this one has {row.Values.Count}.", nameof(row));
        foreach (var (name, value) in row.Values)
            CheckProperty(name, value);
        var bytes = Size(row);
        if (bytes > MaxRowBytes)
            throw new ArgumentException($"A row is at most {MaxRowBytes} bytes; this one has {bytes}.", nameof(row));
    }

    private static void CheckProperty(string name, object value)
    {
        if (name.Length is 0 or > 255 || !NameChars(name) || name is "PartitionKey" or "RowKey" or "Timestamp")
            throw new ArgumentException($"Property name '{name}': at most 255 letters, digits and underscores, not starting with a digit, and not a reserved name.", nameof(name));
        switch (value)
        {
            case string text when text.Length > MaxTextChars:
                throw new ArgumentException($"Property '{name}': text is at most {MaxTextChars} characters; this one has {text.Length}.", nameof(value));
            case byte[] bytes when bytes.Length > MaxBinaryBytes:
                throw new ArgumentException($"Property '{name}': binary is at most {MaxBinaryBytes} bytes; this one has {bytes.Length}.", nameof(value));
            case DateTimeOffset time when time.Year < 1601:
                throw new ArgumentException($"Property '{name}': times start in the year 1601.", nameof(value));
            case string or bool or int or long or double or DateTimeOffset or Guid or byte[]:
                return;
            default:
                throw new ArgumentException($"Property '{name}': type {value.GetType().Name} cannot be stored.", nameof(value));
        }
    }

    private static bool NameChars(string name)
    {
        foreach (var character in name)
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
                return false;
        return !char.IsAsciiDigit(name[0]);
    }

    /// <summary>Azure's own sum: keys and text count two bytes a character, plus overhead for each property.</summary>
    private static int Size(TableRow row)
    {
        var size = 4 + 2 * (row.Partition.Length + row.Row.Length);
        foreach (var (name, value) in row.Values)
            size += 8 + 2 * name.Length + value switch
            {
                string text => 2 * text.Length + 4,
                byte[] bytes => bytes.Length + 4,
                Guid => 16,
                bool => 1,
                int => 4,
                _ => 8,
            };
        return size;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TablePattern();
}
