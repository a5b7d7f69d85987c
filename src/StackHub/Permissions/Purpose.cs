using System.Collections.Frozen;
using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>What a purpose is, as far as the law asks.</summary>
public enum PurposeUse
{
    /// <summary>What was ordered: contracts, invoices, support. An objection to marketing leaves it alone.</summary>
    Service,

    /// <summary>Advertising to the person. An objection ends it without any balancing.</summary>
    DirectMarketing,

    /// <summary>Selling or sharing: what an opt-out preference signal ends.</summary>
    Sale,

    /// <summary>Uses of sensitive data that the person may limit.</summary>
    Sensitive,

    Analytics,
}

/// <summary>When data may be used for a purpose.</summary>
public enum PurposeRule
{
    /// <summary>Until the person refuses.</summary>
    OptOut,

    /// <summary>Only once the person has consented.</summary>
    OptIn,
}

/// <summary>What personal data is used for, the flag that says it is refused, and what it binds in which system.</summary>
public sealed record Purpose(string Name, PurposeUse Use, PurposeRule Rule)
{
    /// <summary>How people are reached for it ("email", "phone"); null where that does not matter.</summary>
    public string? Channel { get; init; }

    /// <summary>The canonical yes-or-no field of people that says it is refused; null when no tool has one.</summary>
    public string? Flag { get; init; }

    /// <summary>What a system is given for this purpose only.</summary>
    public FrozenDictionary<SystemId, PurposeFields> Bound { get; init; } = FrozenDictionary<SystemId, PurposeFields>.Empty;

    /// <summary>True when a person in this state may be written of for it.</summary>
    public bool Allows(ConsentState state) => state == ConsentState.Granted || (state == ConsentState.Unknown && Rule == PurposeRule.OptOut);
}

/// <param name="Names">Canonical fields; null for all that the hub says there of a person.</param>
public sealed record PurposeFields(FrozenSet<string>? Names)
{
    public static readonly PurposeFields All = new(Names: null);

    public bool Contain(string field) => Names?.Contains(field) ?? true;
}
