using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports.Formats;

/// <summary>Invoices and card charges; those of the last year are what a tool costs.</summary>
public sealed class InvoicesFormat : IImportFormat
{
    private const int Year = 365;
    private static readonly ImportColumn Vendor = new("vendor", "tool", "supplier", "merchant", "payee", "name", "description", "creditor") { Required = true };
    private static readonly ImportColumn Amount = new("amount", "total", "net amount", "net", "amount due", "charge", "cost") { Required = true };
    private static readonly ImportColumn Date = new("date", "invoice date", "posted", "transaction date", "booking date");
    private static readonly ImportColumn Currency = new("currency", "currency code");

    public ImportKind Kind => ImportKind.Invoices;

    public IReadOnlyList<ImportColumn> Columns { get; } = [Vendor, Amount, Date, Currency];

    public void Take(ImportRow row, InventoryDraft draft)
    {
        var (vendor, amount, date, currency) = (row.Text(Vendor), row.Money(Amount), row.Day(Date), row.Text(Currency)?.ToUpperInvariant());
        if (date > draft.Today.PlusDays(Year))
            row.Fail(Date, "is more than a year ahead");
        if (row.Failed)
            return;
        var tool = draft.Tool(vendor!);
        if (currency is not null && tool.Currency is { } known && known != currency)
        {
            row.Fail(Currency, $"is not {known}, in which the tool's other sums are: convert it");
            return;
        }

        tool.Sources |= ToolSources.Finance;
        tool.Currency ??= currency;
        if (date is null || (date > draft.Today.PlusDays(-Year) && date <= draft.Today))
            tool.AddInvoice(amount!.Value);
    }
}
