using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Storage;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Routing;

/// <summary>A hub that routes, over two tools that know owners, each by ids of its own.</summary>
internal sealed class RoutingScene : IAsyncDisposable
{
    public const string Owners = """
          owners:
            ann: { ids: { crm: 005A, marketing: "11" }, manager: max }
            bob: { ids: { crm: 005B, marketing: "12" } }
            max: { ids: { crm: 005M, marketing: "13" } }
            house: { queue: true, ids: { crm: 00GH } }

        """;

    public const string TwoInTurn = """
          pools: { sales: { members: { ann: 1, bob: 1 } } }
          fallback: pool sales

        """;

    private static readonly ConnectorInfo Info = FakeSystem.FakeInfo with
    {
        Objects = [.. FakeSystem.FakeInfo.Objects, new("deals", RecordKind.Opportunity) { ReadBatch = 50, WriteBatch = 10, IndexLag = TimeSpan.Zero, DatesFields = true }],
        DefaultMaps =
        [
            .. FakeSystem.FakeInfo.DefaultMaps.Select(map => map with { Fields = [.. map.Fields, .. map.Kind == RecordKind.Person ? (FieldMap[])[new("company", "org"), new("country", "land"), new("slaBreach", "breach")] : [new("industry", "branch") { Type = FieldType.Choice }]] }),
            new("deals", RecordKind.Opportunity,
            [
                new("name", "name"),
                new("account", "company") { Type = FieldType.Reference, To = RecordKind.Account },
                new("isClosed", "closed") { Type = FieldType.Boolean, Direction = MapDirection.In },
                new(FieldDefinition.HubId, "hub_id") { Direction = MapDirection.In },
            ]),
        ],
        OwnerFields = new Dictionary<string, string> { ["people"] = "owner", ["companies"] = "owner", ["deals"] = "owner" },
    };

    private int leads;

    /// <param name="routing">What stands under "routing", two blanks in front.</param>
    /// <param name="flows">What else the hub has, or has instead.</param>
    public RoutingScene(string routing, Action<IServiceCollection>? flows = null)
    {
        Model = Read(routing);
        (Crm, Marketing) = (System("crm"), System("marketing"));
        Hub = new([Crm, Marketing], Time, model: Model, flows: flows);
    }

    public AdjustableTime Time { get; } = new();

    public HubModel Model { get; }

    public FakeSystem Crm { get; }

    public FakeSystem Marketing { get; }

    public HubHarness Hub { get; }

    public RoutingLedger Ledger => Hub.Get<RoutingLedger>();

    public RoutingDesk Desk => Hub.Get<RoutingDesk>();

    public static HubModel Read(string routing) => Assert.IsType<ConfigurationResult.Valid>(Parse(routing)).Model;

    public static ConfigurationResult Parse(string routing) => HubConfiguration.Parse($"""
        systems:
          crm: {Connector}
          marketing: {Connector}
        routing:
        {routing}
        """, [new Fake()]);

    private const string Connector = "{ connector: fake }";

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>Somebody new at a tool; no lead yet.</summary>
    public string Person(FakeSystem system, params (string Field, string? Value)[] fields)
    {
        var number = ++leads;
        var own = fields.Select(field => field.Field).ToHashSet();
        (string, string?)[] usual = [("mail", $"lead{number}@company{number}.com"), ("first", $"First{number}"), ("last", $"Last{number}")];
        return system.Create("people", [.. usual.Where(field => !own.Contains(field.Item1)), .. fields]);
    }

    /// <summary>Somebody new at the CRM who is a lead at once.</summary>
    public string Lead(params (string Field, string? Value)[] fields) => Person(Crm, [("stage", "mql"), .. fields]);

    public async Task StartAsync()
    {
        await Hub.OnboardAsync();
        await Hub.SettleAsync();
    }

    public static string? OwnerIn(FakeSystem system, string id) => system.Live("people")[id].GetValueOrDefault("owner");

    public async Task<HubRecord> RecordAsync(FakeSystem system, string id) => (await Hub.RecordsAsync()).Single(record => record.MergedInto is null && record.Links.Any(link => link.Ref.System == system.System && link.Ref.Id == id));

    public async Task<IReadOnlyList<LedgerEntry>> RoutingsAsync(FakeSystem system, string id) => await Ledger.OfAsync((await RecordAsync(system, id)).Id, default);

    public async Task<LedgerEntry> RoutingAsync(string id) => (await RoutingsAsync(Crm, id))[^1];

    public async Task TellAsync(RecordId lead) =>
        await Hub.Get<FlowSignals>().SendAsync([(Queues.Routing, lead)], null, default);

    private FakeSystem System(string name) => new(name, Time) { Info = Model.Systems[new(name)].Connector };

    /// <summary>Describes itself; the scene brings the connectors.</summary>
    private sealed class Fake : IConnectorFactory
    {
        public ConnectorInfo Info => RoutingScene.Info;

        public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => [];

        public IConnector Create(ConnectorContext context) => throw new NotSupportedException();
    }
}
