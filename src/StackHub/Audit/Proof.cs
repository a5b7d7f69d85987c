using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>Puts a finding's evidence together, in the order it is shown.</summary>
internal static class Proof
{
    public static Finding Of(this IAuditCheck check, Tool tool, Severity severity, string title, params ReadOnlySpan<Evidence> evidence) =>
        new(check.Name, tool.Id.Text, severity, title) { Tools = [tool.Id], Owner = tool.Owner, Evidence = [.. evidence] };

    public static Finding Saving(this Finding finding, decimal? amount, string currency) =>
        amount > 0 ? finding with { Saving = amount, Currency = currency } : finding;

    public static Evidence Count(string name, long count) => new(name, count.ToString("#,##0", CultureInfo.InvariantCulture)) { Number = count };

    public static Evidence Share(string name, double share) => new(name, AuditWords.Percent(share)) { Number = share };

    public static Evidence Ratio(string name, double? ratio) => new(name, AuditWords.Ratio(ratio)) { Number = ratio };

    public static Evidence Money(string name, decimal amount, string currency) => new(name, AuditWords.Money(amount, currency)) { Number = (double)amount };

    public static Evidence Day(string name, LocalDate? day) => new(name, day is { } known ? AuditWords.Day(known) : "never");

    public static Evidence Text(string name, string text) => new(name, text);

    public static Evidence List(string name, IEnumerable<string> texts) => new(name, string.Join(", ", texts.Order(StringComparer.Ordinal)));

    public static ImmutableArray<Evidence> And(this ImmutableArray<Evidence> evidence, bool holds, Func<Evidence> more) => holds ? evidence.Add(more()) : evidence;
}
