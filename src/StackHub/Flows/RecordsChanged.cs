namespace StackHub.Flows;

/// <summary>Records whose fields a flow reads changed; ids only, the flow reads the records as they are when it comes to them.</summary>
public sealed record RecordsChanged(IReadOnlyList<string> Ids, string? Trace);
