using System.Collections.Immutable;

namespace StackHub.Audit.Inventory;

/// <summary>One product of the stack, as all lists together know it. What no list says is null or empty: unknown, never "no".</summary>
public sealed record Tool(ToolId Id, string Name)
{
    public ToolSources Sources { get; init; }

    public UserId? Owner { get; init; }

    public ImmutableSortedSet<string> Categories { get; init; } = [];

    /// <summary>What is in use of what it can do.</summary>
    public ImmutableSortedSet<string> Activated { get; init; } = [];

    /// <summary>No list says what is in use: what the catalogue says it can do stands for it, and a verdict on that is never more than "review".</summary>
    public bool ActivatedIsAssumed { get; init; }

    /// <summary>What it could do.</summary>
    public ImmutableSortedSet<string> Available { get; init; } = [];

    public ImmutableSortedSet<string> Domains { get; init; } = [];

    /// <summary>Seats paid for.</summary>
    public int? Seats { get; init; }

    public ToolCost? Cost { get; init; }

    public ToolContract? Contract { get; init; }

    /// <summary>Its application at the identity provider.</summary>
    public string? SsoApp { get; init; }

    public ToolPrivacy Privacy { get; init; } = ToolPrivacy.Unknown;

    public ToolSecurity Security { get; init; } = ToolSecurity.Unknown;

    /// <summary>The systems of the hub's configuration that are this tool: none when it is not connected.</summary>
    public ImmutableSortedSet<string> Systems { get; init; } = [];

    public ToolIntegration? Integration { get; init; }

    public bool IsConnected => !Systems.IsEmpty;

    /// <summary>Money is paid for it.</summary>
    public bool IsPaid => Cost is { IsFree: false };

    /// <summary>Some list of ours names it, so that it is no shadow.</summary>
    public bool IsKnown => (Sources & (ToolSources.List | ToolSources.Contract | ToolSources.Finance | ToolSources.Hub)) != 0;

    /// <summary>What a year costs: the invoices where there are any, otherwise all seats at their price.</summary>
    public decimal? YearlyCost => Cost?.PerYear ?? Cost?.SeatPerMonth * Seats * 12;

    /// <summary>What one seat costs a year: its price, otherwise its share of the whole.</summary>
    public decimal? SeatPerYear => Cost?.SeatPerMonth * 12 ?? (Seats > 0 ? Cost?.PerYear / Seats : null);

    public string Currency => Cost?.Currency ?? ToolCost.DefaultCurrency;

    public override string ToString() => Id.Text;
}

/// <summary>Which lists know a tool.</summary>
[Flags]
public enum ToolSources
{
    None = 0,
    List = 1,
    Finance = 2,
    SignOn = 4,
    Contract = 8,

    /// <summary>A system of the hub's configuration.</summary>
    Hub = 16,

    /// <summary>Webhooks that reached the hub.</summary>
    Traffic = 32,

    /// <summary>The vendor's own answer about users and seats.</summary>
    Vendor = 64,
}
