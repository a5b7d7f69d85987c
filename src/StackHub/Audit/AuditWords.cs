using System.Globalization;

namespace StackHub.Audit;

/// <summary>Numbers as people read them.</summary>
public static class AuditWords
{
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Ratio(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "not measured";

    public static string Money(decimal amount, string currency) => $"{amount.ToString("#,##0.##", CultureInfo.InvariantCulture)} {currency}";

    public static string Count(long count, string one, string? many = null) => $"{count.ToString("#,##0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    public static string Day(NodaTime.LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
