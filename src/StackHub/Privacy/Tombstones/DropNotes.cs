using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Privacy.Tombstones;

/// <summary>The last thing each system said of somebody erased: what a later read that finds them again is put down to.</summary>
public sealed class DropNotes(PrivacyRows rows)
{
    public async Task KeepAsync(RequestId request, DroppedWrite drop, CancellationToken cancellationToken)
    {
        var (partition, row) = (request.ToString(), RowOf(drop.Ref));
        if (!await rows.InsertAsync(partition, row, drop, PrivacyJson.Default.DroppedWrite, cancellationToken))
            await rows.ChangeAsync(partition, row, PrivacyJson.Default.DroppedWrite, known => known.At >= drop.At ? known : drop, cancellationToken);
    }

    public async Task<string?> CauseAsync(RequestId request, ExternalRef reference, CancellationToken cancellationToken) =>
        (await rows.GetAsync(request.ToString(), RowOf(reference), PrivacyJson.Default.DroppedWrite, cancellationToken))?.Value is { } drop ? Cause(drop) : null;

    public static string Cause(DroppedWrite drop) => $"{drop.System} sent {drop.ObjectType}/{drop.Id} of {drop.At:yyyy-MM-dd HH:mm:ss} UTC{(drop.Event is { } trace ? $" (event {trace})" : " (feed)")}";

    private static string RowOf(ExternalRef reference) => $"drop|{reference.ToString().Replace('/', '|')}";
}
