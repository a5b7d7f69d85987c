using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Configuration;

public sealed class SecretRotationTests
{
    private readonly AdjustableTime time = new();
    private readonly RefusedCredentials refused = new();
    private readonly Vault vault = new() { Value = "first" };
    private readonly Factory factory = new();
    private readonly ConnectorSet connectors;
    private readonly SecretRotation rotation;

    public SecretRotationTests()
    {
        var model = new HubModel(
            [
                new(new("crm"), FakeSystem.FakeInfo, []) { Settings = ImmutableSortedDictionary<string, string>.Empty.Add("token", "keyvault:crm-token").Add("url", "https://crm.example") },
                new(new("plain"), FakeSystem.FakeInfo, []),
            ],
            new Dictionary<RecordKind, ImmutableArray<FieldDefinition>>());
        ResolvedSettings[] settings =
        [
            new(new("crm"), "fake", new Dictionary<string, string> { ["token"] = "first", ["url"] = "https://crm.example" }),
            new(new("plain"), "fake", new Dictionary<string, string>()),
        ];
        var tables = new InMemoryTables();
        var builder = new ConnectorBuilder(settings, [factory], new VendorBudget(tables, time), new FakeTokens(), new ClockSkew(), new SystemCounters(), refused, time);
        connectors = builder.Build();
        rotation = new(model, new SecretResolver([vault]), settings, [factory], builder, connectors, refused, time, NullLogger<SecretRotation>.Instance);
    }

    [Fact]
    public async Task A_renewed_secret_gives_its_system_a_new_connector_and_no_other()
    {
        var (crm, plain) = (connectors[new("crm")], connectors[new("plain")]);
        vault.Value = "second";

        Assert.Equal(1, await rotation.RenewAsync(ask: false, default));

        Assert.NotSame(crm, connectors[new("crm")]);
        Assert.Same(plain, connectors[new("plain")]);
        Assert.Equal("second", factory.Given.Last()["token"]);
    }

    [Fact]
    public async Task Nothing_happens_while_nothing_is_renewed()
    {
        var crm = connectors[new("crm")];

        Assert.Equal(0, await rotation.RenewAsync(ask: true, default));

        Assert.Same(crm, connectors[new("crm")]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("malformed")]
    public async Task What_cannot_be_used_leaves_the_last_one_in_use(string? value)
    {
        var crm = connectors[new("crm")];
        vault.Value = value;

        Assert.Equal(0, await rotation.RenewAsync(ask: false, default));

        Assert.Same(crm, connectors[new("crm")]);
    }

    [Fact]
    public async Task A_vendor_that_refuses_makes_the_vault_be_asked_at_once()
    {
        await rotation.StartAsync(default);
        vault.Value = "second";

        refused.Tell();

        await vault.Expired.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await rotation.StopAsync(default);
        Assert.Equal(1, vault.Expiries);
    }

    private sealed class Vault : ISecretSource
    {
        public string? Value { get; set; }

        public int Expiries { get; private set; }

        public TaskCompletionSource Expired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Scheme => "keyvault";

        public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Value);

        public void Expire()
        {
            Expiries++;
            Expired.TrySetResult();
        }
    }

    private sealed class Factory : IConnectorFactory
    {
        public List<IReadOnlyDictionary<string, string>> Given { get; } = [];

        public ConnectorInfo Info => FakeSystem.FakeInfo;

        public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => settings.GetValueOrDefault("token") == "malformed" ? ["'token' is malformed."] : [];

        public IConnector Create(ConnectorContext context)
        {
            Given.Add(context.Settings);
            return new FakeSystem(context.System.Name, context.Time);
        }
    }
}
