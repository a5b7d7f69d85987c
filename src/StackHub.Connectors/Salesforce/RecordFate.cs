using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>What became of a record.</summary>
internal abstract record RecordFate
{
    private RecordFate()
    {
    }

    public sealed record Live : RecordFate;

    public sealed record Gone : RecordFate;

    /// <summary>It goes on as another record, at the end of all merges and conversions.</summary>
    public sealed record Moved(ExternalRef To) : RecordFate;
}
