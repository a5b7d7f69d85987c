namespace StackHub.Identity;

/// <summary>Whom a mailbox stands for, judged by its address alone.</summary>
public enum EmailKind
{
    /// <summary>One person at a domain that says where they work.</summary>
    Business,

    /// <summary>One person (or a family) at a public mail provider.</summary>
    FreeMail,

    /// <summary>A role that several people read: info@, sales@, rechnung@.</summary>
    Shared,

    /// <summary>A throw-away mailbox that anyone may read.</summary>
    Disposable,
}
