using NodaTime;
using NodaTime.Text;

namespace StackHub.Web.Audit;

/// <summary>Until when, and why, a finding is taken as it is.</summary>
public sealed record Acceptance(LocalDate Until, string Because)
{
    /// <summary>Longer nobody should look away.</summary>
    public const int MostDays = 365;

    public const int MostLetters = 300;

    public const string UntilCure = "a date like 2027-03-01, from today on and at most a year off";

    public static readonly string BecauseCure = $"a line of at most {MostLetters} characters";

    /// <summary>The acceptance, or the name of what cannot be used.</summary>
    public static (Acceptance? Acceptance, string? Wrong) Read(string? until, string? because, LocalDate today)
    {
        if (LocalDatePattern.Iso.Parse(until?.Trim() ?? "") is not { Success: true, Value: var day } || day < today || day > today.PlusDays(MostDays))
            return (null, nameof(until));
        var why = because?.Trim() ?? "";
        return why.Length is 0 or > MostLetters || why.Any(char.IsControl) ? (null, nameof(because)) : (new(day, why), null);
    }

    public override string ToString() => $"acceptance until {Until}";
}

/// <summary>What the API is sent to accept a finding.</summary>
/// <param name="Until">The last day, as 2027-03-01; at most a year off.</param>
/// <param name="Because">Why; whoever reads the report reads it.</param>
public sealed record AcceptFinding(string? Until, string? Because)
{
    public override string ToString() => nameof(AcceptFinding);
}
