using StackHub.Cli.Checking;

namespace StackHub.Cli.Demo;

/// <summary>One tool's line of the demo's table.</summary>
public sealed record DemoRow(string System)
{
    public int RecordsBefore { get; init; }

    public int RecordsAfter { get; init; }

    public long Created { get; init; }

    public long Updated { get; init; }

    /// <summary>Records that were there and already said what they should.</summary>
    public long Unchanged { get; init; }

    /// <summary>Its records that were recognised as somebody another record had made.</summary>
    public int MergedIdentities { get; init; }

    /// <summary>Cases that wait for a person and touch one of its records.</summary>
    public int Conflicts { get; init; }

    public long Refused { get; init; }

    public long WriteCalls { get; init; }

    /// <summary>What the vendor's batch sizes allow at best for these writes.</summary>
    public long LeastWriteCalls { get; init; }

    public long AllCalls { get; init; }

    /// <summary>Seconds from the approval until its outbox was empty.</summary>
    public double Seconds { get; init; }

    public int Violations { get; init; }
}

/// <summary>What a live edit did: how long until every other tool said the same.</summary>
public sealed record DemoEditResult(string What, string Where, double Milliseconds, bool Converged);

public sealed record DemoReport(IReadOnlyList<DemoRow> Rows, IReadOnlyList<DemoEditResult> Edits, IReadOnlyList<CheckedSystem> Checks)
{
    /// <summary>The leads that came in, as the CRM has them.</summary>
    public CheckedLeads Leads { get; init; } = new([], [], []);

    public int People { get; init; }

    public int Accounts { get; init; }

    public int Opportunities { get; init; }

    public int MergedIdentities => Rows.Sum(row => row.MergedIdentities);

    public int OpenConflicts { get; init; }

    public long SecondSyncWrites { get; init; }

    public int OutboxLeft { get; init; }

    public double Seconds { get; init; }

    public bool Passed => Checks.All(check => check.Problems.Count == 0) && Edits.All(edit => edit.Converged) && Leads.Passed && SecondSyncWrites == 0 && OutboxLeft == 0 && Rows.All(row => row.Violations == 0);
}
