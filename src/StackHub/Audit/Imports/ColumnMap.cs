using System.Collections.Frozen;
using System.Collections.Immutable;

namespace StackHub.Audit.Imports;

/// <summary>Which cell of a row each of a format's columns is in: as somebody said, otherwise by the header's names.</summary>
public sealed record ColumnMap(FrozenDictionary<ImportColumn, int> Places, ImmutableArray<ImportColumn> Missing)
{
    /// <param name="chosen">Our column's name to the file's; what is named here and not in the file is missing, whatever the header suggests.</param>
    public static ColumnMap Of(IImportFormat format, IReadOnlyList<string> header, IReadOnlyDictionary<string, string> chosen)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < header.Count; place++)
            names.TryAdd(Plain(header[place]), place);
        var places = new Dictionary<ImportColumn, int>();
        var missing = ImmutableArray.CreateBuilder<ImportColumn>();
        foreach (var column in format.Columns)
        {
            var wanted = chosen.TryGetValue(column.Name, out var named) ? [named] : column.Names;
            var found = wanted.Select(name => names.GetValueOrDefault(Plain(name), -1)).FirstOrDefault(place => place >= 0, -1);
            if (found >= 0)
                places[column] = found;
            else if (column.Required || named is not null)
                missing.Add(column);
        }

        return new(places.ToFrozenDictionary(), missing.ToImmutable());
    }

    /// <summary>"Last Login (UTC)" and "last_login_utc" are one.</summary>
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
