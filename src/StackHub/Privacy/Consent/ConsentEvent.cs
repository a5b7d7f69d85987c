using StackHub.Permissions;

namespace StackHub.Privacy.Consent;

/// <summary>On what ground somebody opted in or out.</summary>
public enum ConsentBasis
{
    /// <summary>Asked, and answered yes.</summary>
    Consent,

    /// <summary>A consent that was withdrawn, or simply a no.</summary>
    Withdrawal,

    /// <summary>An objection to direct marketing (Art 21(2) GDPR): nothing is weighed against it.</summary>
    Objection,

    /// <summary>"Do not sell or share my personal information".</summary>
    SaleOptOut,

    /// <summary>A browser's Global Privacy Control.</summary>
    BrowserSignal,

    /// <summary>A tool's own flag that was set there.</summary>
    ToolFlag,
}

/// <summary>One thing that was said about one purpose. Events are only ever added.</summary>
/// <param name="Source">A system's name, or <see cref="ConsentMark.Person"/>.</param>
/// <param name="At">When it was said, by whoever heard it.</param>
public sealed record ConsentEvent(string Purpose, bool IsOptIn, ConsentBasis Basis, string Source, DateTimeOffset At)
{
    public string? Channel { get; init; }

    /// <summary>What shows that it was said: a form's name and version, a ticket, a record in a tool. Kept sealed.</summary>
    public string? Proof { get; init; }

    public ConsentMark Mark => new(Purpose, Source, IsOptIn, At);

    public override string ToString() => $"{(IsOptIn ? "opt-in to" : "opt-out of")} {Purpose}";
}
