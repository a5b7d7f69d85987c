namespace StackHub.Identity;

/// <summary>What was compared of two accounts; null means a side is blank.</summary>
public sealed record AccountEvidence(
    bool? SameDomain, CompanySimilarity Names, bool? SamePhone, bool? SamePostalCode, bool? SameCity, bool? SameCountry)
{
    /// <summary>True when something besides the name places both at one address.</summary>
    public bool IsCorroborated => SameCountry != false && (SamePhone == true || SamePostalCode == true || SameCity == true);
}
