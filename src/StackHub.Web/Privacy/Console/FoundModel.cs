namespace StackHub.Web.Privacy.Console;

/// <summary>Requests that named a person, or found them; the page does not say who.</summary>
public sealed record FoundModel(IReadOnlyList<InboxRow> Rows)
{
    public override string ToString() => $"{Rows.Count} requests";
}
