using System.Net;

namespace StackHub.Connectors.Intercom;

/// <summary>Intercom's answer about one record: the record, or its error.</summary>
internal sealed record IntercomReply(HttpStatusCode Status, IntercomItem Item, IntercomError? Error)
{
    public bool IsSuccess => Error is null;

    public bool IsMissing => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public override string ToString() => $"HTTP {(int)Status}";
}

/// <summary>A page of the scroll, or why there is none.</summary>
internal sealed record IntercomScrollReply(IntercomPage? Page, IntercomError? Error);
