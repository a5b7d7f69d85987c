namespace StackHub.Audit.Imports;

/// <summary>What a file of the inventory lists.</summary>
public enum ImportKind
{
    /// <summary>Tools, with whatever is known of each.</summary>
    Tools,

    /// <summary>Invoices or card charges.</summary>
    Invoices,

    /// <summary>Who is assigned to which application, and when each last signed in.</summary>
    Accounts,

    /// <summary>Contracts with renewal and notice.</summary>
    Contracts,

    /// <summary>People at the identity provider, and who of them left.</summary>
    People,
}
