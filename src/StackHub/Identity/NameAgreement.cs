namespace StackHub.Identity;

/// <summary>What two names say about being one person's.</summary>
public enum NameAgreement
{
    /// <summary>There is nothing to compare: a name is missing, or the two are in different scripts.</summary>
    Unknown,

    /// <summary>Given and family name are both known and equal.</summary>
    Same,

    /// <summary>One person may well write both: an initial, a nickname, a typo, swapped fields, a part missing.</summary>
    Compatible,

    /// <summary>One person would hardly carry both.</summary>
    Conflict,
}
