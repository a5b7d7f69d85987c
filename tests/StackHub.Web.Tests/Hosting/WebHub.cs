using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Lifecycle;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync.Apply;
using StackHub.Sync;

namespace StackHub.Web.Tests.Hosting;

/// <summary>A hub on a free loopback port: two live fake systems, one without webhooks, a store in memory and a clock that stands still.</summary>
public sealed class WebHub : IAsyncDisposable
{
    public static readonly SystemId Crm = new("crm");
    public static readonly SystemId Mail = new("mail");
    public static readonly SystemId Quiet = new("quiet");
    private readonly WebApplication app;
    private readonly Dictionary<Role, string> keys = [];

    private WebHub(WebApplication app, WebHubParts parts)
    {
        this.app = app;
        Parts = parts;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = NewClient();
    }

    public WebHubParts Parts { get; }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>A client without a key, which follows no redirect.</summary>
    public HttpClient Anonymous { get; }

    public FakeConnector Connector(SystemId system) => (FakeConnector)Get<ConnectorSet>()[system];

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public static async Task<WebHub> StartAsync(Action<WebOptions>? configure = null, Uri? publicBase = null, RoutingPlan? routing = null, PrivacySettings? privacy = null, Action<IServiceCollection>? services = null, LifecyclePlan? lifecycle = null)
    {
        var parts = new WebHubParts();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(parts.Log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services?.Invoke(builder.Services);
        AddHub(builder.Services, parts, publicBase, routing, privacy ?? PrivacySettings.Default, lifecycle);
        if (configure is not null)
            builder.Services.Configure(configure);
        var app = builder.Build();
        app.MapStackHub();
        await app.StartAsync();
        return new(app, parts);
    }

    public async Task<HttpClient> ClientAsync(Role role)
    {
        if (!keys.TryGetValue(role, out var key))
            keys[role] = key = (await Get<ApiKeyStore>().CreateAsync($"test {role}", [role], CancellationToken.None)).Secret;
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        return client;
    }

    /// <summary>Somebody with several roles, or another one with the same.</summary>
    public async Task<HttpClient> SomebodyAsync(params Role[] roles)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {(await Get<ApiKeyStore>().CreateAsync("somebody", roles, CancellationToken.None)).Secret}");
        return client;
    }

    public async Task<JsonElement> JsonAsync(string path, Role role = Role.Viewer)
    {
        using var client = await ClientAsync(role);
        return await JsonOf(await client.GetAsync(new Uri(path, UriKind.Relative)));
    }

    public async Task<HttpResponseMessage> PostAsync(string path, Role role, object? body = null, string? idempotencyKey = null)
    {
        using var client = await ClientAsync(role);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(text.Length > 0, $"{(int)response.StatusCode} without a body");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> HookAsync(string path, string body = "{}", string? contentType = "application/json", string? signature = FakeWebhooks.Secret, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        if (signature is not null)
            request.Headers.Add("X-Signature", signature);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Anonymous.SendAsync(request);
    }

    /// <summary>A person as a system shows them; the hub's record of them.</summary>
    public async Task<RecordId> SeenAsync(SystemId system, string id, params (string Field, string? Value)[] fields)
    {
        var reference = new ExternalRef(system, FakeConnector.Contacts, id);
        var seen = new Change.Seen(new(reference, Parts.Time.GetUtcNow(), fields.ToDictionary(field => field.Field, field => new ExternalValue(field.Value))) { Complete = true });
        await Get<ChangeApplier>().ApplyAsync(system, [seen], new(Lane.Interactive, Emit: true), CancellationToken.None);
        return (await Get<Identity.RecordFinder>().FindAsync(reference.ToString(), CancellationToken.None))!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    private static void AddHub(IServiceCollection services, WebHubParts parts, Uri? publicBase, RoutingPlan? routing, PrivacySettings privacy, LifecyclePlan? lifecycle)
    {
        services.AddSingleton<TimeProvider>(parts.Time)
            .AddSingleton<ITableStore>(parts.Tables)
            .AddSingleton<IMessageQueue>(parts.Queue)
            .AddSingleton<IBlobStore>(parts.Blobs)
            .AddSingleton(new HubKeys(Enumerable.Range(0, 32).Select(value => (byte)value).ToArray()))
            .AddSingleton<IConnectorFactory, FakeFactory>()
            .AddSingleton(Model(publicBase, routing, privacy, lifecycle))
            .AddSingleton(new ResolvedSettings(Crm, "fakecrm", new Dictionary<string, string>()))
            .AddSingleton(new ResolvedSettings(Mail, "fakecrm", new Dictionary<string, string>()))
            .AddSingleton(new ResolvedSettings(Quiet, "fakecrm", new Dictionary<string, string> { ["silent"] = "true" }))
            .AddStackHub(new HubRunOptions(SingleProcess: true) { Pump = false })
            .AddStackHubWeb();
    }

    private static HubModel Model(Uri? publicBase, RoutingPlan? routing, PrivacySettings privacy, LifecyclePlan? lifecycle)
    {
        ImmutableArray<FieldDefinition> fields = [new("email", FieldType.Email), new("firstName", FieldType.Text), new("lastName", FieldType.Text), new("phone", FieldType.Text)];
        var byName = fields.ToDictionary(field => field.Name);
        var maps = FakeConnector.Description.DefaultMaps;
        SystemModel Of(SystemId id) => new(id, FakeConnector.Description, maps.Select(map => new CompiledMap(map, byName)))
        {
            Creates = new Dictionary<RecordKind, string> { [RecordKind.Person] = FakeConnector.Contacts }.ToFrozenDictionary(),
        };
        return new([Of(Crm), Of(Mail), Of(Quiet)], new Dictionary<RecordKind, ImmutableArray<FieldDefinition>> { [RecordKind.Person] = fields, [RecordKind.Account] = [], [RecordKind.Opportunity] = [] })
        {
            PublicBase = publicBase,
            Routing = routing,
            Privacy = privacy,
            Lifecycle = lifecycle,
        };
    }
}
