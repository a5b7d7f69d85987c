namespace StackHub.Identity;

/// <summary>What two company names have in common.</summary>
public enum CompanyEvidence
{
    /// <summary>A name is missing.</summary>
    NothingToCompare,

    /// <summary>The normal forms are equal.</summary>
    SameName,

    /// <summary>Equal but for blanks: "Face Book" and "Facebook".</summary>
    SameLetters,

    /// <summary>One is the initials of the other.</summary>
    Acronym,

    /// <summary>They differ in a number: "Studio 54" and "Studio 55".</summary>
    OtherNumber,

    /// <summary>Judged by shared words and spelling.</summary>
    WordsAndSpelling,
}
