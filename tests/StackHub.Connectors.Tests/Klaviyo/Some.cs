using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Klaviyo;

internal static class Some
{
    public static readonly SystemId System = new("klaviyo");

    public static RecordId Id(int n) => RecordId.Parse($"00000000-0000-7000-8000-{n:000000000000}");

    public static RecordWrite Person(int hubId, params FieldWrite[] fields) => new(Id(hubId), "profiles", fields);

    public static FieldWrite Email(string? address) => new("email", FieldType.Email, new(address));

    public static FieldWrite Phone(string? number) => new("phone_number", FieldType.Phone, new(number));

    public static FieldWrite First(string? name) => new("first_name", FieldType.Text, new(name));

    public static FieldWrite OptOut(bool isOptedOut) => new("subscriptions.email_opt_out", FieldType.Boolean, new(isOptedOut ? "true" : "false"));

    public static FieldWrite Field(string name, string? value, FieldType type = FieldType.Text) => new(name, type, new(value));

    public static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (var item in source)
            all.Add(item);
        return all;
    }
}

internal sealed class NoTokens : ITokenStore
{
    public ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) => ValueTask.FromResult<VendorToken?>(null);

    public Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A private key does not expire.");
}
