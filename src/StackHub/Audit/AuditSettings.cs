using StackHub.Audit.Inventory;
using StackHub.Calendars;

namespace StackHub.Audit;

/// <summary>Where the checks draw their lines.</summary>
public sealed record AuditSettings
{
    public static readonly AuditSettings Default = new();

    /// <summary>Redundancy from which two tools are called duplicates.</summary>
    public double DuplicateFrom { get; init; } = 0.70;

    /// <summary>Redundancy from which a person should compare two tools.</summary>
    public double ReviewFrom { get; init; } = 0.45;

    /// <summary>The most pairs that are listed for one tool.</summary>
    public int PairsPerTool { get; init; } = 10;

    /// <summary>An account that was not used for as long is unused; a third and two thirds of it warn.</summary>
    public int UnusedDays { get; init; } = 90;

    /// <summary>A connection that moved nothing for as long is idle.</summary>
    public int IdleDays { get; init; } = 30;

    /// <summary>A share of used seats below which a renewal is questioned.</summary>
    public double LeastUtilisation { get; init; } = 0.50;

    /// <summary>A share of unused seats that is spare, not waste.</summary>
    public double SpareSeats { get; init; } = 0.10;

    /// <summary>How many days before the last day to act a renewal is told.</summary>
    public int RenewalDays { get; init; } = 30;

    /// <summary>Money a year from which waste is a medium, and a high, finding.</summary>
    public decimal MediumSaving { get; init; } = 1_000;

    public decimal HighSaving { get; init; } = 10_000;

    /// <summary>A health below which a tool is a finding of its own, where enough is known of it.</summary>
    public double LeastHealth { get; init; } = 40;

    public double LeastConfidence { get; init; } = 0.5;

    /// <summary>A credential older than this should be renewed.</summary>
    public int CredentialDays { get; init; } = 365;

    /// <summary>A trial erasure older than this says little: it should be made again.</summary>
    public int DrillDays { get; init; } = 100;

    /// <summary>The domain of the synthetic people of trial erasures, at which nobody gets mail.</summary>
    public string DrillDomain { get; init; } = "example.com";

    /// <summary>A share of failed writes, and a lag, at which an integration is in trouble.</summary>
    public double WorstErrorRate { get; init; } = 0.10;

    public TimeSpan WorstLag { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A share of the vendor's allowed calls from which others may be locked out.</summary>
    public double MostCalls { get; init; } = 0.80;

    /// <summary>Who sees to what nobody else owns; null when nobody was named.</summary>
    public UserId? Owner { get; init; }

    /// <summary>The days on which notice can be given; Monday to Friday unless working hours say otherwise.</summary>
    public BusinessCalendar Calendar { get; init; } = new(NodaTime.DateTimeZone.Utc, WorkingWeek.Weekdays(new WorkingBlock(new(9, 0), new(17, 0))), HolidayCalendar.None);

    public Severity BySaving(decimal? saving) =>
        saving >= HighSaving ? Severity.High : saving >= MediumSaving ? Severity.Medium : Severity.Low;
}
