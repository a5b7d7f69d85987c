using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Intercom;

internal static class Some
{
    public const string Secret = "secret";

    public static readonly SystemId System = new("intercom");

    public static readonly string[] ContactFields = [.. IntercomInfo.Default.DefaultMaps[1].Fields.Select(f => f.VendorField)];

    public static readonly string[] CompanyFields = [.. IntercomInfo.Default.DefaultMaps[0].Fields.Select(f => f.VendorField)];

    public static IntercomConnector Connector(FakeIntercom vendor, RecordingBudget? budget = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["baseUrl"] = "http://127.0.0.1:9", ["accessToken"] = "token", ["clientSecret"] = Secret };
        foreach (var (name, value) in settings)
            all[name] = value;
        return new IntercomConnector(new ConnectorContext(System, all, budget ?? new RecordingBudget(), new NoTokens(), vendor.Time), vendor);
    }

    public static RecordId Id(int n) => RecordId.Parse($"00000000-0000-7000-8000-{n:000000000000}");

    public static RecordWrite Contact(int hubId, params FieldWrite[] fields) => new(Id(hubId), "contacts", fields);

    public static RecordWrite Company(int hubId, params FieldWrite[] fields) => new(Id(hubId), "companies", fields);

    public static FieldWrite Email(string? address) => new("email", FieldType.Email, new FieldValue(address));

    public static FieldWrite First(string? name) => new("custom_attributes.first_name", FieldType.Text, new FieldValue(name));

    public static FieldWrite Last(string? name) => new("custom_attributes.last_name", FieldType.Text, new FieldValue(name));

    public static FieldWrite AtCompany(string? id) => new("company", FieldType.Reference, new FieldValue(id));

    public static FieldWrite Field(string name, string? value, FieldType type = FieldType.Text) => new(name, type, new FieldValue(value));

    public static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (var item in source)
            all.Add(item);
        return all;
    }
}

internal sealed class RecordingBudget : IVendorBudget
{
    public List<TimeSpan> Blocks { get; } = [];

    public int Taken { get; private set; }

    public ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken)
    {
        lock (Blocks)
            Taken++;
        return ValueTask.CompletedTask;
    }

    public ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken)
    {
        lock (Blocks)
            Blocks.Add(wait);
        return ValueTask.CompletedTask;
    }
}

internal sealed class NoTokens : ITokenStore
{
    public ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) => ValueTask.FromResult<VendorToken?>(null);

    public Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Intercom tokens do not expire.");
}
