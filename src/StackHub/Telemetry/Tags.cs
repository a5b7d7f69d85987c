namespace StackHub.Telemetry;

/// <summary>Everything a span or a metric may be tagged with. None of them can hold a value of a record: a test reads this list.</summary>
public static class Tags
{
    public const string System = "stackhub.system";
    public const string ObjectType = "stackhub.object";
    public const string Queue = "stackhub.queue";
    public const string Outcome = "stackhub.outcome";
    public const string Kind = "stackhub.kind";
    public const string Source = "stackhub.source";
    public const string Operation = "stackhub.operation";
    public const string Service = "stackhub.service";
    public const string Scope = "stackhub.scope";
    public const string Bytes = "stackhub.bytes";
    public const string Messages = "stackhub.messages";
    public const string Changes = "stackhub.changes";
    public const string Records = "stackhub.records";
    public const string Enqueued = "stackhub.enqueued";

    public static readonly IReadOnlyList<string> All =
        [System, ObjectType, Queue, Outcome, Kind, Source, Operation, Service, Scope, Bytes, Messages, Changes, Records, Enqueued];
}
