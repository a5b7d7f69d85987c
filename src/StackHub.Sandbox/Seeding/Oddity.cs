namespace StackHub.Sandbox.Seeding;

/// <summary>The difficulties planted in the seed, so that a test can ask for each of them.</summary>
[Flags]
public enum Oddity
{
    None = 0,
    Duplicate = 1,
    Typo = 1 << 1,
    LetterCase = 1 << 2,
    PhoneFormat = 1 << 3,
    Stale = 1 << 4,
    SharedMailbox = 1 << 5,
    FreeMail = 1 << 6,
    NoEmail = 1 << 7,
    ChangedAddress = 1 << 8,
    Unicode = 1 << 9,
    InvalidEmail = 1 << 10,
    ConsentDisagrees = 1 << 11,
    ConvertedLead = 1 << 12,
}
