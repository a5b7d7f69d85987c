using System.Collections.Frozen;
using StackHub.Permissions;
using StackHub.Privacy.Consent;
using StackHub.Records;
using StackHub.Sync.Conflicts;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Privacy.Consent;

/// <summary>Ann in a CRM, whom the hub creates in a marketing tool and a support tool, and what her data is used for.</summary>
internal sealed class ConsentStage : IAsyncDisposable
{
    public static readonly Purpose News = new("news", PurposeUse.DirectMarketing, PurposeRule.OptOut) { Channel = "email", Flag = "emailOptOut", Bound = Bound("marketing", "title", "phone") };
    public static readonly Purpose Ads = new("ads", PurposeUse.Sale, PurposeRule.OptOut) { Bound = Bound("ads") };
    public static readonly Purpose Help = new("help", PurposeUse.Service, PurposeRule.OptOut) { Bound = Bound("support", "phone") };

    public ConsentStage(params Purpose[] purposes)
    {
        Crm = new("crm", Time);
        Marketing = new("marketing", Time);
        Support = new("support", Time);
        AdNetwork = new("ads", Time);
        Hub = new([Crm, Marketing, Support, AdNetwork], Time, purposes: new(purposes.Length == 0 ? [News, Ads, Help] : purposes));
        Ann = Crm.Create("people", ("mail", "ann@acme.com"), ("first", "Ann"), ("last", "Lee"), ("job", "CTO"), ("tel", "+14155550100"));
    }

    public AdjustableTime Time { get; } = new();

    public FakeSystem Crm { get; }

    public FakeSystem Marketing { get; }

    public FakeSystem Support { get; }

    public FakeSystem AdNetwork { get; }

    public HubHarness Hub { get; }

    public string Ann { get; }

    public static ConsentSpeaker Speaker => new() { Email = "ann@acme.com" };

    public DateTimeOffset Now => Time.GetUtcNow();

    public FakeSystem[] All => [Crm, Marketing, Support, AdNetwork];

    public async Task StartAsync()
    {
        await Hub.OnboardAsync();
        await Hub.SettleAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    public async Task SayAsync(params ConsentStatement[] statements)
    {
        Assert.IsType<ConsentAnswer.Recorded>(await Hub.Get<RecordConsent>().RecordAsync(Speaker, statements, CancellationToken.None));
        await Hub.SettleAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    public async Task<HubRecord> PersonAsync() => (await Hub.RecordsAsync()).Single(record => record.Kind == RecordKind.Person);

    public async Task<IReadOnlyList<Conflict>> ConflictsAsync() => (await Hub.Get<ConflictStore>().ListAsync(null, 100, CancellationToken.None)).Conflicts;

    public static ConsentStatement Out(string purpose, DateTimeOffset at) => new(purpose, IsOptIn: false, ConsentBasis.Withdrawal, at);

    public static ConsentStatement In(string purpose, DateTimeOffset at) => new(purpose, IsOptIn: true, ConsentBasis.Consent, at) { Proof = "form newsletter 3" };

    /// <summary>What a system holds of a field, of its only person; null as text for none.</summary>
    public static string? Held(FakeSystem system, string field) => system.Live("people").Values.Single().GetValueOrDefault(field);

    public int Writes() => All.Sum(system => system.RecordsWritten);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static FrozenDictionary<SystemId, PurposeFields> Bound(string system, params string[] fields) =>
        new Dictionary<SystemId, PurposeFields> { [new(system)] = fields.Length == 0 ? PurposeFields.All : new(fields.ToFrozenSet()) }.ToFrozenDictionary();
}
