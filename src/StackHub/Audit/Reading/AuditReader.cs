using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime.Text;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Calendars.Reading;
using StackHub.Configuration;
using StackHub.Configuration.Format;

namespace StackHub.Audit.Reading;

/// <summary>Reads the audit's section.</summary>
internal sealed class AuditReader(IReadOnlyCollection<string> systems, ProblemList problems)
{
    public AuditPlan Read(Section audit) => new()
    {
        Files = [.. (audit.Get(AuditFormat.Inventory) ?? []).Select(File).OfType<InventoryFile>()],
        Settings = Settings(audit) is var settings && UserId.Of(audit.Get(AuditFormat.Owner)) is { } owner ? settings with { Owner = owner } : settings,
        IntentionalPairs = [.. (audit.Get(AuditFormat.Intentional) ?? []).Select(Pair).OfType<IntentionalPair>()],
        Purposes = (audit.Get(AuditFormat.Purposes) ?? []).Where(entry => entry.Value is not null).DistinctBy(entry => entry.Name).ToFrozenDictionary(entry => char.ToUpperInvariant(entry.Name[0]) + entry.Name[1..], entry => entry.Value!, StringComparer.Ordinal),
        Systems = Systems(audit),
        Owners = Owners(audit),
        Notify = audit.Get(AuditFormat.Notify) is { } notify && notify.Get(AuditFormat.Address) is { } address && notify.Get(AuditFormat.Secret) is { } secret
            ? new(address, secret, notify.Get(AuditFormat.From) ?? Severity.High)
            : null,
    };

    private InventoryFile? File(Named<Section> entry)
    {
        if (entry.Value is not { } list || list.Get(AuditFormat.Kind) is not { } kind || list.Get(AuditFormat.File) is not { } path)
            return null;
        string[] known = [.. ImportFormats.Of(kind).Columns.Select(column => column.Name)];
        var columns = (list.Get(AuditFormat.Columns) ?? []).Where(column => column.Value is not null).ToArray();
        foreach (var column in columns.Where(column => !known.Contains(column.Name)))
            problems.Add(column.NamePlace, column.Path, $"{kind} have no column {Configuration.Yaml.Shown.Of(column.Name)}.", Suggestion.OneOf(column.Name, known));
        return new(entry.Name, kind, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(problems.File)) ?? "", path), columns.DistinctBy(column => column.Name).ToImmutableSortedDictionary(column => column.Name, column => column.Value!, StringComparer.Ordinal));
    }

    private static IntentionalPair? Pair(Section pair)
    {
        var (tools, because, until) = (pair.Get(AuditFormat.Pair), pair.Get(AuditFormat.Because), pair.Get(AuditFormat.Until));
        if (tools is { Length: not 2 })
            pair.Problem(AuditFormat.Pair, "A pair is two tools.", "Name two; for three tools write three pairs.");
        var day = until is null ? null : LocalDatePattern.Iso.Parse(until);
        if (day is { Success: false })
            pair.Problem(AuditFormat.Until, "There is no such day.", "Write a date such as 2026-12-31.");
        return tools is [var first, var second] && because is not null && day is { Success: true }
            ? new(ToolId.Of(first.Text), ToolId.Of(second.Text), because, day.Value)
            : null;
    }

    private FrozenDictionary<string, string> Systems(Section audit)
    {
        var tools = (audit.Get(AuditFormat.Tools) ?? []).Where(entry => entry.Value is not null).ToArray();
        foreach (var unknown in tools.Where(entry => !systems.Contains(entry.Name)))
            problems.Add(unknown.NamePlace, unknown.Path, $"There is no system {Configuration.Yaml.Shown.Of(unknown.Name)}.", Suggestion.OneOf(unknown.Name, systems));
        return tools.DistinctBy(entry => entry.Name).ToFrozenDictionary(entry => entry.Name, entry => entry.Value!, StringComparer.Ordinal);
    }

    private FrozenDictionary<string, string> Owners(Section audit)
    {
        var owners = (audit.Get(AuditFormat.Owners) ?? []).Where(entry => entry.Value is not null).ToArray();
        foreach (var unknown in owners.Where(entry => !systems.Contains(entry.Name.Split('/')[0])))
            problems.Add(unknown.NamePlace, unknown.Path, $"There is no system {Configuration.Yaml.Shown.Of(unknown.Name.Split('/')[0])}.", Suggestion.OneOf(unknown.Name.Split('/')[0], systems));
        return owners.DistinctBy(entry => entry.Name).ToFrozenDictionary(entry => entry.Name, entry => entry.Value!, StringComparer.Ordinal);
    }

    private static AuditSettings Settings(Section audit)
    {
        var settings = AuditSettings.Default;
        if (audit.Get(AuditFormat.Hours) is { } hours && HoursFormat.Read(hours) is { } calendar)
            settings = settings with { Calendar = calendar };
        if (audit.Get(AuditFormat.DrillDomain) is { } domain)
            settings = settings with { DrillDomain = domain };
        if (audit.Get(AuditFormat.Thresholds) is not { } lines)
            return settings;
        var read = settings with
        {
            DuplicateFrom = lines.Get(AuditFormat.Duplicate) / 100.0 ?? settings.DuplicateFrom,
            ReviewFrom = lines.Get(AuditFormat.Review) / 100.0 ?? settings.ReviewFrom,
            UnusedDays = Days(lines.Get(AuditFormat.Unused)) ?? settings.UnusedDays,
            IdleDays = Days(lines.Get(AuditFormat.Idle)) ?? settings.IdleDays,
            RenewalDays = Days(lines.Get(AuditFormat.Renewal)) ?? settings.RenewalDays,
            CredentialDays = Days(lines.Get(AuditFormat.Credential)) ?? settings.CredentialDays,
            DrillDays = Days(lines.Get(AuditFormat.Drill)) ?? settings.DrillDays,
            LeastUtilisation = lines.Get(AuditFormat.Utilisation) / 100.0 ?? settings.LeastUtilisation,
        };
        if (read.ReviewFrom > read.DuplicateFrom)
            lines.Problem(AuditFormat.Review, "A pair would be a duplicate before it is worth a look.", "Make review less than duplicate.");
        return read;
    }

    private static int? Days(TimeSpan? span) => span is { } days ? (int)Math.Ceiling(days.TotalDays) : null;
}
