using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Privacy.Verification;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Notices;

/// <summary>Codes that an officer has to bring over, sealed, until they are too old.</summary>
public sealed class HandDelivery(ITableStore tables, HubKeys keys, TimeProvider time)
{
    private const string Partition = "hand";

    public Task KeepAsync(CodeMessage message, CancellationToken cancellationToken) => tables.UpsertAsync(Tables.PrivacyCodes, new(Partition, message.Request, new Dictionary<string, object>
    {
        ["ExpiresAt"] = message.ExpiresAt,
        ["Message"] = keys.Seal(JsonSerializer.SerializeToUtf8Bytes(message, HandJson.Default.CodeMessage)),
    }), cancellationToken);

    /// <summary>Null when there is none, or it is too old.</summary>
    public async Task<CodeMessage?> FindAsync(string request, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.PrivacyCodes, Partition, request, cancellationToken) is { } row && row.Value<DateTimeOffset>("ExpiresAt") > time.GetUtcNow()
            ? JsonSerializer.Deserialize(keys.Open(row.Bytes("Message")!), HandJson.Default.CodeMessage)
            : null;

    public Task ForgetAsync(string request, CancellationToken cancellationToken) => tables.DeleteAsync(Tables.PrivacyCodes, Partition, request, null, cancellationToken);

    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (var row in tables.RowsAsync(Tables.PrivacyCodes, TableRange.In(Partition), cancellationToken))
            if (row.Value<DateTimeOffset>("ExpiresAt") <= time.GetUtcNow())
                old.Add(row.Row);
        foreach (var request in old)
            await ForgetAsync(request, cancellationToken);
    }
}

[JsonSerializable(typeof(CodeMessage))]
internal sealed partial class HandJson : JsonSerializerContext;
