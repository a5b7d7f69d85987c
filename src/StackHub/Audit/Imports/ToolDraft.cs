using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports;

/// <summary>A tool while lists are read: the first that says something is believed, except of money, where invoices are.</summary>
public sealed class ToolDraft(ToolId id, string name, CatalogueTool? known)
{
    private readonly SortedSet<string> categories = new(known?.Categories ?? [], StringComparer.Ordinal);
    private readonly SortedSet<string> activated = new(StringComparer.Ordinal);
    private readonly SortedSet<string> domains = new(known?.Domains ?? [], StringComparer.Ordinal);
    private readonly SortedSet<string> systems = new(StringComparer.Ordinal);
    private decimal? invoiced;

    public ToolId Id => id;

    public string Name => name;

    public ToolSources Sources { get; set; }

    public UserId? Owner { get; set; }

    public int? Seats { get; set; }

    public decimal? YearlyCost { get; set; }

    public decimal? SeatPrice { get; set; }

    public string? Currency { get; set; }

    public ToolContract? Contract { get; set; }

    public string? SsoApp { get; set; }

    public ToolPrivacy Privacy { get; set; } = ToolPrivacy.Unknown;

    public ToolSecurity Security { get; set; } = ToolSecurity.Unknown;

    public ToolIntegration? Integration { get; set; }

    public void AddCategories(IEnumerable<string> more) => categories.UnionWith(more.Select(Key));

    public void AddActivated(IEnumerable<string> more) => activated.UnionWith(more.Select(Key));

    public void AddDomains(IEnumerable<string> more) => domains.UnionWith(more.Select(domain => domain.ToLowerInvariant()));

    public void AddSystem(string system) => systems.Add(system);

    public IEnumerable<string> Systems => systems;

    public bool HasSystem(string system) => systems.Contains(system);

    public void AddInvoice(decimal amount) => invoiced = (invoiced ?? 0) + amount;

    public Tool Build()
    {
        var available = known?.Capabilities ?? [];
        var isAssumed = activated.Count == 0 && !available.IsEmpty;
        return new(id, name)
        {
            Sources = Sources,
            Owner = Owner,
            Categories = [.. categories],
            Activated = isAssumed ? available : [.. activated],
            ActivatedIsAssumed = isAssumed,
            Available = available,
            Domains = [.. domains],
            Seats = Seats,
            Cost = (invoiced ?? YearlyCost ?? SeatPrice) is null ? null : new(invoiced ?? YearlyCost, SeatPrice, Currency ?? ToolCost.DefaultCurrency),
            Contract = Contract,
            SsoApp = SsoApp,
            Privacy = Privacy,
            Security = Security with { SingleSignOn = Security.SingleSignOn ?? (SsoApp is null ? null : true) },
            Systems = [.. systems],
            Integration = Integration,
        };
    }

    /// <summary>"Email Marketing" and "email-marketing" are one.</summary>
    private static string Key(string name) => ToolId.Of(name).Text;
}
