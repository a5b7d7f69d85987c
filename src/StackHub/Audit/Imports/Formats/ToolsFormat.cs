using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports.Formats;

/// <summary>A plain list of tools.</summary>
public sealed class ToolsFormat : IImportFormat
{
    private static readonly ImportColumn Name = new("tool", "name", "product", "application", "app", "software", "vendor") { Required = true };
    private static readonly ImportColumn Owner = new("owner", "business owner", "tool owner", "owner email", "responsible");
    private static readonly ImportColumn Categories = new("categories", "category", "type");
    private static readonly ImportColumn Capabilities = new("capabilities", "capability", "activated capabilities", "features", "used for");
    private static readonly ImportColumn Domains = new("domains", "domain", "website", "url");
    private static readonly ImportColumn Seats = new("seats", "licenses", "licences", "users paid", "quantity");
    private static readonly ImportColumn SeatPrice = new("seat price", "price per seat", "seat price per month", "price per user");
    private static readonly ImportColumn YearlyCost = new("yearly cost", "annual cost", "cost", "cost per year", "annual spend", "spend");
    private static readonly ImportColumn Currency = new("currency");
    private static readonly ImportColumn Renewal = new("renewal", "renewal date", "contract end", "renews on");
    private static readonly ImportColumn Notice = new("notice days", "notice", "notice period", "notice period days");
    private static readonly ImportColumn SsoApp = new("sso app", "okta app", "entra app", "idp app");
    private static readonly ImportColumn Agreement = new("dpa", "data processing agreement", "processing agreement", "avv");
    private static readonly ImportColumn Residency = new("residency", "data residency", "region", "data location");
    private static readonly ImportColumn SignOn = new("sso", "single sign on");
    private static readonly ImportColumn MultiFactor = new("mfa", "2fa", "multi factor");
    private static readonly ImportColumn Erasure = new("erasure", "erasure api", "can erase");
    private static readonly ImportColumn System = new("system", "hub system", "stackhub system");

    public ImportKind Kind => ImportKind.Tools;

    public IReadOnlyList<ImportColumn> Columns { get; } =
        [Name, Owner, Categories, Capabilities, Domains, Seats, SeatPrice, YearlyCost, Currency, Renewal, Notice, SsoApp, Agreement, Residency, SignOn, MultiFactor, Erasure, System];

    public void Take(ImportRow row, InventoryDraft draft)
    {
        var (name, seats, price, cost) = (row.Text(Name), row.Whole(Seats), row.Money(SeatPrice), row.Money(YearlyCost));
        var (renewal, notice) = (row.Day(Renewal), ContractsFormat.Days(row, Notice));
        var privacy = new ToolPrivacy(row.YesNo(Agreement), row.Text(Residency)) { CanErase = row.YesNo(Erasure) };
        var security = new ToolSecurity(row.YesNo(SignOn), row.YesNo(MultiFactor), null);
        if (seats < 0)
            row.Fail(Seats, "is less than zero");
        if (row.Failed)
            return;
        var tool = draft.Tool(name!);
        tool.Sources |= ToolSources.List;
        tool.Owner ??= UserId.Of(row.Text(Owner));
        tool.AddCategories(row.List(Categories));
        tool.AddActivated(row.List(Capabilities));
        tool.AddDomains(row.List(Domains).Select(HostOf));
        tool.Seats ??= seats;
        tool.SeatPrice ??= price;
        tool.YearlyCost ??= cost;
        tool.Currency ??= row.Text(Currency)?.ToUpperInvariant();
        tool.Contract ??= Contract(renewal, notice);
        tool.SsoApp ??= row.Text(SsoApp);
        tool.Privacy = new(tool.Privacy.ProcessingAgreement ?? privacy.ProcessingAgreement, tool.Privacy.Residency ?? privacy.Residency) { CanErase = tool.Privacy.CanErase ?? privacy.CanErase };
        tool.Security = new(tool.Security.SingleSignOn ?? security.SingleSignOn, tool.Security.MultiFactor ?? security.MultiFactor, tool.Security.LeastScope);
        foreach (var system in row.List(System))
            tool.AddSystem(system);
    }

    private static ToolContract? Contract(LocalDate? renewal, int? notice) => renewal is { } day ? new(day, notice ?? ContractsFormat.UsualNotice) : null;

    private static string HostOf(string domain) =>
        (Uri.TryCreate(domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}", UriKind.Absolute, out var address) ? address.Host : domain) is var host
        && host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
