using StackHub.Identity;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Intake;

/// <summary>How many codes one mailbox gets a day, whoever asks for them and under however many requests: the form is no way to flood somebody.</summary>
public sealed class MailboxLimit(ITableStore tables, HubKeys keys, TimeProvider time)
{
    public const int CodesADay = 6;

    private const string Partition = "mailbox";
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>True, and counted, while the mailbox may get another.</summary>
    public async Task<bool> TakeAsync(string address, CancellationToken cancellationToken)
    {
        var row = keys.Hash("mailbox", EmailKey.From(address)?.Text ?? address);
        while (true)
        {
            var now = time.GetUtcNow();
            var before = await tables.GetAsync(Tables.PrivacyCodes, Partition, row, cancellationToken);
            var fresh = before is null || now - before.Value<DateTimeOffset>("Since")!.Value >= Window;
            var count = fresh ? 0 : before!.Value<int>("Count")!.Value;
            if (count >= CodesADay)
                return false;
            var after = new TableRow(Partition, row, new Dictionary<string, object> { ["Count"] = count + 1, ["Since"] = fresh ? now : before!.Value<DateTimeOffset>("Since")!.Value });
            if ((await tables.WriteAsync(Tables.PrivacyCodes, before is null ? new TableAction.Insert(after) : new TableAction.Replace(after, before.ETag!), cancellationToken)).Done)
                return true;
        }
    }

    /// <summary>Forgets mailboxes that got none for a day.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var old = new List<TableRow>();
        await foreach (var row in tables.RowsAsync(Tables.PrivacyCodes, TableRange.In(Partition), cancellationToken))
            if (time.GetUtcNow() - row.Value<DateTimeOffset>("Since")!.Value >= Window)
                old.Add(row);
        foreach (var row in old)
            await tables.DeleteAsync(Tables.PrivacyCodes, Partition, row.Row, row.ETag, cancellationToken);
    }
}
