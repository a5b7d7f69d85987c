namespace StackHub.Sandbox.Vendors.Marketo.Records;

/// <summary>One entry of the activity log; <see cref="Losers"/> only of a merge.</summary>
internal sealed record MarketoActivity(long Id, int Type, long LeadId, DateTimeOffset At, DateTimeOffset VisibleFrom)
{
    public const int NewLead = 12;
    public const int ChangeDataValue = 13;
    public const int MergeLeads = 32;
    public const int DeleteLead = 37;

    public string? Field { get; init; }

    public string? Old { get; init; }

    public string? New { get; init; }

    public IReadOnlyList<long> Losers { get; init; } = [];
}
