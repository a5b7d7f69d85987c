namespace StackHub.Web.Records;

/// <param name="Query">What was typed: personal data, so that it goes by POST and never into an address.</param>
/// <param name="Problem">Why nothing was searched.</param>
public sealed record SearchModel(string Query, IReadOnlyList<RecordView> Found, int Looked, string? Next, string? Problem)
{
    public override string ToString() => $"search with {Found.Count} found";
}
