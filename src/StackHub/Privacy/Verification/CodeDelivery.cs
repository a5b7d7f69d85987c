using Microsoft.Extensions.Logging;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Verification;

/// <summary>Hands codes over for delivery, again after a failure or crash, until each was taken over or is too old. After that the hub no longer has the code.</summary>
public sealed class CodeDelivery(ITableStore tables, HubKeys keys, ICodeSender sender, TimeProvider time, ILogger<CodeDelivery> logger)
{
    private const string Table = Tables.PrivacyCodes;

    /// <summary>By then whoever noted it has sent it, or will not.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    /// <summary>Sends all that still have to go; how many went.</summary>
    public async Task<int> SendPendingAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<string>();
        await foreach (var row in tables.RowsAsync(Table, TableRange.In(ChallengeRows.Pending), cancellationToken))
            if (time.GetUtcNow() - row.Value<DateTimeOffset>(ChallengeRows.NotedAt) >= Settled)
                waiting.Add(row.Row);
        var sent = 0;
        foreach (var request in waiting)
            sent += await SendAsync(request, cancellationToken) ? 1 : 0;
        return sent;
    }

    /// <summary>False when there is nothing to send, or it failed and waits for the next time.</summary>
    internal async Task<bool> SendAsync(string request, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Table, ChallengeRows.Partition(request), ChallengeRows.Row, cancellationToken);
        var challenge = row is null ? null : ChallengeRows.Read(request, row);
        if (row is null || ChallengeRows.SealedMessage(row) is not { } message || challenge!.ExpiresAt <= time.GetUtcNow())
        {
            await DoneAsync(request, cancellationToken);
            return false;
        }
        if (!await HandOverAsync(ChallengeRows.Open(keys, message), cancellationToken))
            return false;
        var emptied = await tables.WriteAsync(Table, new TableAction.Replace(ChallengeRows.Write(challenge, null), row.ETag!), cancellationToken);
        if (emptied.Done)
            await DoneAsync(request, cancellationToken);
        return true; // changed meanwhile: it goes once more, under the same id
    }

    private async Task<bool> HandOverAsync(CodeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(message, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)) // a receiver that is down must not fail the intake
        {
            logger.CodeNotSent(message.Request, e.GetType().Name);
            return false;
        }
    }

    private Task DoneAsync(string request, CancellationToken cancellationToken) => tables.DeleteAsync(Table, ChallengeRows.Pending, request, null, cancellationToken);
}
