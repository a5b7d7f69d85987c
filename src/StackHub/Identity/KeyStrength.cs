namespace StackHub.Identity;

/// <summary>What must agree besides a key before it links two records.</summary>
public enum KeyStrength
{
    /// <summary>It only suggests candidates.</summary>
    Weak,

    /// <summary>Links when both full names are the same: a shared mailbox.</summary>
    WithSameName,

    /// <summary>Links when the names are compatible: a free-mail address, a phone number.</summary>
    WithCompatibleName,

    /// <summary>Links unless the names conflict: a business mailbox, a company's own domain.</summary>
    Strong,
}
