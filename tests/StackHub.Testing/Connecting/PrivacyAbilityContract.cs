using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using Xunit;

namespace StackHub.Testing.Connecting;

/// <summary>
/// Measures what a connector can do for a person at the vendor's sandbox, and holds its own row to it: a row that promises more, or shows
/// less, fails.
/// </summary>
public abstract class PrivacyAbilityContract : IAsyncLifetime
{
    private const string Address = "measured.subject@example.com";
    private const string Text = "Measured-7391";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly FakeTokens tokens = new();
    private VendorUnderTest vendor = null!;
    private IConnector connector = null!;

    protected abstract Task<VendorUnderTest> StartAsync();

    public async ValueTask InitializeAsync()
    {
        vendor = await StartAsync();
        connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, called: null);
    }

    public async ValueTask DisposeAsync()
    {
        (connector as IDisposable)?.Dispose();
        await vendor.DisposeAsync();
        tokens.Dispose();
        GC.SuppressFinalize(this);
    }

    private PrivacyAbility Row => connector.Info.Objects.Single(type => type.ObjectType == vendor.ObjectType).Privacy;

    [Fact]
    public async Task The_row_says_what_the_sandbox_shows()
    {
        var access = await AccessAsync(Seed(Address));
        var rectification = await WriteAsync(Seed("wrong." + Address), new(vendor.TextField, FieldType.Text, new("Right")));
        var consent = OptOut is { } flag && await WriteAsync(Seed("optout." + Address), new(flag, FieldType.Boolean, new("true")));
        var (erasure, isAsync, by) = await EraseAsync(Seed("erased." + Address));

        Assert.Equal((erasure, isAsync, by, access, rectification, consent), (Row.Erasure, Row.IsAsync, Row.ConfirmedBy, Row.Access, Row.Rectification, Row.Consent));
    }

    [Fact]
    public void A_window_has_a_source_and_companies_promise_nothing()
    {
        Assert.False(string.IsNullOrWhiteSpace(Row.Source), "An erasure's end is a promise: say who makes it.");
        Assert.False(string.IsNullOrWhiteSpace(Row.NotCovered), "No package holds all that a tool has: say what it leaves out.");
        Assert.All(connector.Info.Objects.Where(type => type.Kind != RecordKind.Person), type => Assert.Equal(PrivacyAbility.NotOfPeople, type.Privacy));
    }

    private string? OptOut => connector.Info.DefaultMaps.Single(map => map.ObjectType == vendor.ObjectType).Fields.FirstOrDefault(mapped => mapped.Field == "emailOptOut")?.VendorField;

    private string[] Fields => [.. connector.Info.DefaultMaps.Single(map => map.ObjectType == vendor.ObjectType).Fields.Select(mapped => mapped.VendorField).Append(vendor.TextField).Distinct()];

    private string Seed(string email) => vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = email, [vendor.TextField] = Text });

    /// <summary>All mapped fields are asked for, and what is there comes.</summary>
    private async Task<bool> AccessAsync(string id) =>
        await ReadAsync(id) is { Record: var record } && record.Fields.GetValueOrDefault(vendor.EmailField).Text == Address && record.Fields.GetValueOrDefault(vendor.TextField).Text == Text;

    private async Task<Change.Seen?> ReadAsync(string id) => (await connector.ReadAsync(vendor.ObjectType, Fields, [id], default))[0] as Change.Seen;

    private async Task<bool> WriteAsync(string id, FieldWrite write)
    {
        var outcome = (await connector.WriteAsync(vendor.ObjectType, [new(RecordId.New(vendor.Time.GetUtcNow()), vendor.ObjectType, [write]) { Target = id }], default))[0];
        return outcome is WriteOutcome.Stored && (await ReadAsync(id))?.Record.Fields.GetValueOrDefault(write.VendorField).Text == write.Value.Text;
    }

    private async Task<(ErasureKind Kind, bool IsAsync, ErasureEvidence? By)> EraseAsync(string id)
    {
        if (connector is not IErasure erasure)
            return (ErasureKind.Manual, false, null);
        var outcome = await erasure.EraseAsync(new(vendor.ObjectType) { Id = id }, default);
        var isAsync = false;
        var start = TimeProvider.System.GetTimestamp();
        while (outcome is ErasureOutcome.Accepted accepted && TimeProvider.System.GetElapsedTime(start) < Longest)
        {
            outcome = await erasure.EraseAsync(new(vendor.ObjectType) { Ticket = accepted.Ticket }, default);
            isAsync |= outcome is ErasureOutcome.Accepted;
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
        return outcome is ErasureOutcome.Confirmed confirmed ? (LeftOf(id), isAsync, confirmed.By) : (ErasureKind.None, isAsync, null);
    }

    private ErasureKind LeftOf(string id)
    {
        var stored = vendor.Stored(vendor.ObjectType, id) ?? "";
        var holds = stored.Contains(Address, StringComparison.OrdinalIgnoreCase) || stored.Contains(Text, StringComparison.Ordinal);
        return holds || vendor.Restore(vendor.ObjectType, id) ? ErasureKind.SoftDelete : ErasureKind.Delete;
    }
}
