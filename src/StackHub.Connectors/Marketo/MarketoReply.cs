namespace StackHub.Connectors.Marketo;

/// <summary>What Marketo answered to a call: lines, or the error that refused it as a whole.</summary>
internal sealed record MarketoReply(IReadOnlyList<MarketoItem> Result, MarketoError? Error, string? NextPageToken = null, bool MoreResult = false)
{
    public bool IsSuccess => Error is null;

    public static MarketoReply Refused(string code) => new([], new MarketoError(code, null));

    public override string ToString() => Error?.ToString() ?? $"{Result.Count} lines";
}
