using System.Globalization;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports.Formats;

/// <summary>Contracts: when they renew, and how long before one must say no.</summary>
public sealed class ContractsFormat : IImportFormat
{
    /// <summary>What most terms say, where a list does not.</summary>
    public const int UsualNotice = 30;

    private const int LongestNotice = 730;
    private static readonly ImportColumn Name = new("tool", "vendor", "supplier", "product", "contract", "name") { Required = true };
    private static readonly ImportColumn Renewal = new("renewal", "renewal date", "renews on", "end date", "contract end", "expiry", "expiration date") { Required = true };
    private static readonly ImportColumn Notice = new("notice days", "notice", "notice period", "notice period days", "cancellation period");
    private static readonly ImportColumn Renews = new("auto renew", "auto renewal", "renews itself", "automatic renewal");
    private static readonly ImportColumn Value = new("value", "contract value", "annual value", "acv");
    private static readonly ImportColumn Currency = new("currency");
    private static readonly ImportColumn Seats = new("seats", "licenses", "licences", "quantity");
    private static readonly ImportColumn Owner = new("owner", "contract owner", "business owner");

    public ImportKind Kind => ImportKind.Contracts;

    public IReadOnlyList<ImportColumn> Columns { get; } = [Name, Renewal, Notice, Renews, Value, Currency, Seats, Owner];

    public void Take(ImportRow row, InventoryDraft draft)
    {
        var (name, renewal, notice, renews, value, seats) = (row.Text(Name), row.Day(Renewal), Days(row, Notice), row.YesNo(Renews), row.Money(Value), row.Whole(Seats));
        if (row.Failed)
            return;
        var tool = draft.Tool(name!);
        tool.Sources |= ToolSources.Contract;
        tool.Owner ??= UserId.Of(row.Text(Owner));
        tool.Seats ??= seats;
        tool.YearlyCost ??= value;
        tool.Currency ??= row.Text(Currency)?.ToUpperInvariant();
        var contract = new ToolContract(renewal!.Value, notice ?? UsualNotice) { RenewsItself = renews, Value = value };
        // Of several terms the next one counts, and of past ones the latest.
        if (tool.Contract is not { } other || (other.Renewal < draft.Today ? contract.Renewal > other.Renewal : contract.Renewal >= draft.Today && contract.Renewal < other.Renewal))
            tool.Contract = contract;
    }

    /// <summary>"60", "60 days", "2 months" (of 30 days), "8 weeks".</summary>
    internal static int? Days(ImportRow row, ImportColumn column)
    {
        if (row.Text(column) is not { } text)
            return null;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = text[digits..].Trim().TrimEnd('s').ToLowerInvariant() switch { "" or "day" or "d" => 1, "week" or "w" => 7, "month" or "m" => 30, _ => 0 };
        if (unit > 0 && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= LongestNotice / unit)
            return count * unit;
        row.Fail(column, "is no notice period: write 60 days");
        return null;
    }
}
