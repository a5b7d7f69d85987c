using System.Globalization;
using StackHub.Routing.Ledger;

namespace StackHub.Routing.Flow;

/// <summary>What somebody needs to know of a lead that was just given to them, in one field that every tool can hold: who, why, how far, whose account, and by when. Pure.</summary>
public static class LeadContext
{
    /// <summary>The canonical field; written to a tool where the file maps it.</summary>
    public const string Field = "routingContext";

    private const int Longest = 1_000;

    public static string Of(LedgerEntry entry, LeadFile file)
    {
        string?[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"Given to {entry.Owner} on {entry.Trace.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {entry.Trace.Why}."),
            entry.Order is { } order ? $"By hand: {order.Reason}." : null,
            Said("Stage", file.View.Text("lifecycleStage")),
            Said("Score", file.View.Text("leadScore")),
            Said("Due by", file.View.Text("slaDueAt")),
            file.Account is { } account ? $"Account: {account.Text("name") ?? "without a name"}, {file.Match}." : null,
            Said("Account's stage", file.Account?.Text("lifecycleStage")),
            Said("Account's owner", file.Account?.Text("owner")),
        ];
        var text = string.Join(' ', parts.OfType<string>());
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static string? Said(string what, string? value) => value is null ? null : $"{what}: {value}.";
}
