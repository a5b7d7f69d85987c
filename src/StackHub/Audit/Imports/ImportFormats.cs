using System.Collections.Immutable;
using StackHub.Audit.Imports.Formats;

namespace StackHub.Audit.Imports;

/// <summary>All kinds of files, by kind.</summary>
public static class ImportFormats
{
    public static readonly ImmutableArray<IImportFormat> All = [new ToolsFormat(), new InvoicesFormat(), new AccountsFormat(), new ContractsFormat(), new PeopleFormat()];

    public static IImportFormat Of(ImportKind kind) => All.First(format => format.Kind == kind);
}
