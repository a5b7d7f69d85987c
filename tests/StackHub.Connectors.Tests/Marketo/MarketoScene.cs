using StackHub.Connecting;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Marketo;

/// <summary>A sandbox, a connector to it, and the short ways to use both; one a test.</summary>
public abstract class MarketoScene : IAsyncLifetime
{
    private readonly FakeTokens tokens = new();
    private readonly List<IConnector> connectors = [];

    private protected FakeBudget Budget { get; } = new(TimeProvider.System);

    private protected MarketoUnderTest Vendor { get; private set; } = null!;

    private protected IConnector Connector { get; private set; } = null!;

    /// <summary>Runs before each call is sent.</summary>
    private protected Action<string>? Before { get; set; }

    public ValueTask InitializeAsync() => StartAsync(options: null, withSetup: true);

    private protected async ValueTask StartAsync(StackHub.Sandbox.Vendors.Marketo.MarketoOptions? options, bool withSetup = true)
    {
        if (Vendor is not null)
            await Vendor.DisposeAsync();
        tokens.Stored = null;
        Vendor = await MarketoUnderTest.StartAsync(options, withSetup);
        Connector = Vendor.Connect(Budget, tokens, (operation, _) => Before?.Invoke(operation));
        connectors.Add(Connector);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in connectors)
            (connector as IDisposable)?.Dispose();
        await Vendor.DisposeAsync();
        tokens.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IConnector Connect(params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var connector = Vendor.Connect(tokens, Budget, settings);
        connectors.Add(connector);
        return connector;
    }

    private protected string Seed(string email, string title = "Boss") => Vendor.Seed("leads", Some.Person(email, title));

    private protected async Task<WriteOutcome> WriteAsync(RecordWrite write) => (await Connector.WriteAsync(write.ObjectType, [write], default)).Single();

    private protected Task<IReadOnlyList<WriteOutcome>> WriteAsync(params RecordWrite[] writes) => Connector.WriteAsync(writes[0].ObjectType, writes, default);

    private protected string? Stored(string id, string field) => Vendor.Sandbox.Read("leads", id)?[field]?.ToString();

    private protected async Task<List<Change>> FeedAsync(DateTimeOffset from, string type = "leads", IReadOnlyList<string>? fields = null) =>
        [.. (await Some.All(Connector.ChangesAsync(type, fields ?? Some.LeadFields, FeedPosition.At(from), Vendor.Time.GetUtcNow(), default))).SelectMany(page => page.Changes)];

    /// <summary>So far on that what comes is in another second.</summary>
    private protected DateTimeOffset NextSecond()
    {
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));
        var now = Vendor.Time.GetUtcNow();
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));
        return now;
    }
}
