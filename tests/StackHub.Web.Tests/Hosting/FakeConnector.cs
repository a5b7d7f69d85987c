using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Web.Tests.Hosting;

/// <summary>A vendor of people only, whose records are in memory.</summary>
public sealed class FakeConnector(SystemId system) : IConnector
{
    public const string Contacts = "contacts";

    public static readonly ConnectorInfo Description = new()
    {
        Vendor = "fakecrm",
        DisplayName = "Fake CRM",
        Docs = new("https://docs.example/fakecrm"),
        Scopes = ["contacts.read", "contacts.write"],
        Objects = [new(Contacts, RecordKind.Person) { ReadBatch = 100, WriteBatch = 100, PageUrl = "https://crm.example/people/{id}" }],
        Limits = [new("*", 100, TimeSpan.FromSeconds(10))],
        Settings = [new("token", "The private app's token.", Secret: true, Required: true)],
        DefaultMaps =
        [
            new(Contacts, RecordKind.Person,
            [
                new FieldMap("email", "Email") { Type = FieldType.Email },
                new FieldMap("firstName", "FirstName"),
                new FieldMap("lastName", "LastName"),
                new FieldMap("phone", "Phone"),
            ]),
        ],
        WebhookScheme = "a shared word in x-signature",
    };

    public SystemId System => system;

    public ConnectorInfo Info => Description;

    public FakeWebhooks Hooks { get; } = new(system);

    public IWebhookReceiver? Webhooks => Silent ? null : Hooks;

    /// <summary>Sends no webhooks.</summary>
    public bool Silent { get; init; }

    public List<Change.Seen> People { get; } = [];

    /// <summary>A scan waits for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public Exception? Failure { get; set; }

    public async IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Hold is { } hold)
            await hold.Task.WaitAsync(cancellationToken);
        if (Failure is { } failure)
            throw failure;
        yield return new([.. People], null);
    }

    public async IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new([.. People], FeedPosition.At(until));
    }

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Change>>([.. People.Where(person => ids.Contains(person.Ref.Id))]);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => [];

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
