using System.Collections.Concurrent;
using StackHub.Connecting;
using StackHub.Connecting.Checks;
using StackHub.Mapping;
using StackHub.Records;
using Xunit;

namespace StackHub.Testing.Connecting;

/// <summary>What every connector promises (see <see cref="IConnector"/>), asked of it against its vendor's sandbox.</summary>
public abstract class ConnectorContract : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Operation, int Records)> calls = [];
    private readonly FakeTokens tokens = new();
    private readonly FakeBudget budget = new(TimeProvider.System);
    private VendorUnderTest vendor = null!;
    private IConnector connector = null!;
    private int hubIds;

    protected abstract Task<VendorUnderTest> StartAsync();

    public async ValueTask InitializeAsync()
    {
        vendor = await StartAsync();
        connector = vendor.Connect(budget, tokens, (operation, records) => calls.Enqueue((operation, records)));
    }

    public async ValueTask DisposeAsync()
    {
        (connector as IDisposable)?.Dispose();
        await vendor.DisposeAsync();
        tokens.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Type => vendor.ObjectType;

    private string[] Fields => [vendor.EmailField, vendor.TextField];

    private ObjectInfo Info => connector.Info.Objects.Single(o => o.ObjectType == Type);

    [Fact]
    public async Task A_scan_reads_every_record_once()
    {
        var before = await ScanAsync(null);
        var seeded = SeedPeople(vendor.ScanPage + 5);

        var scanned = await ScanAsync(null);

        Assert.Equal(before.Count + seeded.Count, scanned.Count);
        Assert.Equal(scanned.Count, scanned.Distinct().Count());
        Assert.Empty(seeded.Except(scanned));
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public async Task A_scan_goes_on_from_its_checkpoint()
    {
        SeedPeople(vendor.ScanPage + 5);
        var all = await ScanAsync(null);
        var pages = connector.ScanAsync(Type, Fields, null, default).GetAsyncEnumerator();
        Assert.True(await pages.MoveNextAsync());
        var first = pages.Current;
        await pages.DisposeAsync();

        var rest = await ScanAsync(first.Checkpoint);

        Assert.NotNull(first.Checkpoint);
        Assert.Equal(all.Order(), first.Records.Select(r => r.Ref.Id).Concat(rest).Order());
    }

    [Fact]
    public async Task The_feed_tells_each_change_once_and_in_order()
    {
        var from = await SettledAsync();
        var ids = SeedPeople(7);
        await PauseAsync();
        vendor.Edit(Type, ids[0], new Dictionary<string, string?> { [vendor.TextField] = "edited" });
        var until = await SettledAsync();

        var told = await FeedAsync(from, until);

        Assert.Equal([.. ids.Skip(1).Order(), ids[0]], told.Select(c => c.Ref.Id).Take(6).Order().Concat(told.Select(c => c.Ref.Id).Skip(6)));
        Assert.Equal("edited", Assert.IsType<Change.Seen>(told[^1]).Record.Fields[vendor.TextField].Text);
    }

    [Fact]
    public async Task The_feed_walks_through_many_changes_of_one_moment()
    {
        var from = await SettledAsync();
        vendor.Time.Hold();
        var ids = SeedPeople(450);
        vendor.Time.Release();
        var until = await SettledAsync();

        var told = await FeedAsync(from, until);

        Assert.Equal(ids.Order(), told.Select(c => c.Ref.Id).Order());
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public async Task The_feed_goes_on_where_it_stopped()
    {
        var from = FeedPosition.At(await SettledAsync());
        SeedPeople(3);
        var position = await LastPositionAsync(from, await SettledAsync());
        var later = SeedPeople(2);
        var until = await SettledAsync();

        var told = await FeedAsync(position, until);

        Assert.Equal(later.Order(), told.Select(c => c.Ref.Id).Order());
    }

    [Fact]
    public async Task The_feed_tells_deletions()
    {
        Assert.SkipUnless(vendor.FeedTellsDeletions, "The vendor's feed does not tell deletions.");
        var id = SeedPeople(1)[0];
        var from = await SettledAsync();
        vendor.Delete(Type, id);
        var until = await SettledAsync();

        var told = await FeedAsync(from, until);

        Assert.Equal(id, Assert.IsType<Change.Deleted>(Assert.Single(told)).Ref.Id);
    }

    [Fact]
    public async Task A_read_answers_every_id_and_tells_what_is_deleted()
    {
        var ids = SeedPeople(3);
        vendor.Delete(Type, ids[1]);

        var read = await connector.ReadAsync(Type, Fields, ids, default);

        Assert.Equal(ids, read.Select(c => c.Ref.Id));
        Assert.IsType<Change.Seen>(read[0]);
        Assert.IsType<Change.Deleted>(read[1]);
        Assert.IsType<Change.Seen>(read[2]);
    }

    [Fact]
    public async Task A_throttled_call_waits_as_long_as_it_was_told()
    {
        var ids = SeedPeople(1);
        vendor.ThrottleNext(TimeSpan.FromSeconds(1));

        var read = await connector.ReadAsync(Type, Fields, ids, default);

        Assert.IsType<Change.Seen>(Assert.Single(read));
        Assert.Equal([TimeSpan.FromSeconds(1)], budget.Blocks);
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once()
    {
        var ids = SeedPeople(1);
        await connector.ReadAsync(Type, Fields, ids, default);
        var before = tokens.Refreshes;
        vendor.ExpireTokens();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connector.ReadAsync(Type, Fields, ids, default)));

        Assert.Equal(before == 0 ? 0 : before + 1, tokens.Refreshes);
    }

    [Fact]
    public async Task Writing_the_same_new_record_twice_makes_one()
    {
        var before = vendor.Count(Type);
        var write = Create("twice@example.com", "Twice");

        var first = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(write));
        var second = await WriteAsync(write);

        Assert.True(first.Created);
        Assert.Equal(before + 1, vendor.Count(Type));
        Assert.Equal(first.Ref, RefOf(second));
    }

    [Fact]
    public async Task An_address_the_system_has_is_not_made_a_second_time()
    {
        var id = vendor.Seed(Type, Person("known@example.com", "Known"));
        await SettledAsync();
        var before = vendor.Count(Type);

        var outcome = await WriteAsync(Create("known@example.com", "Known"));

        Assert.Equal(before, vendor.Count(Type));
        Assert.Equal(id, RefOf(outcome)?.Id);
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_makes_one_record()
    {
        var before = vendor.Count(Type);
        var write = Create("lost@example.com", "Lost");
        vendor.LoseNextAnswer();

        var outcome = await WriteAsync(write);
        for (var tries = 0; outcome is WriteOutcome.Retry retry && tries < 5; tries++)
        {
            write = write with { Uncertain = write.Uncertain || retry.Uncertain };
            outcome = await WriteAsync(write);
        }

        Assert.NotNull(RefOf(outcome));
        Assert.Equal(before + 1, vendor.Count(Type));
    }

    [Fact]
    public async Task A_bad_record_fails_alone()
    {
        RecordWrite[] writes = [Create("one@example.com", "One"), Create(vendor.BadEmail, "Two"), Create("three@example.com", "Three")];

        var outcomes = await WriteAllAsync(writes);

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.IsType<WriteOutcome.Refused>(outcomes[1]);
        Assert.IsType<WriteOutcome.Stored>(outcomes[2]);
    }

    [Fact]
    public async Task A_full_batch_is_one_batch_and_more_is_refused()
    {
        var writes = Enumerable.Range(0, Info.WriteBatch).Select(i => Create($"batch{i}@example.com", "Batch")).ToList();

        var outcomes = await connector.WriteAsync(Type, writes, default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.Empty(vendor.Violations);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => connector.WriteAsync(Type, [.. writes, Create("more@example.com", "More")], default));
    }

    [Fact]
    public void A_preview_sends_nothing()
    {
        var planned = connector.Preview(Type, [Create("plan@example.com", "Plan")]);

        Assert.NotEmpty(planned);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_cancelled_call_stops()
    {
        SeedPeople(2);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in connector.ScanAsync(Type, Fields, null, stop.Token))
                Assert.Fail("A page came after the cancellation.");
        });
    }

    [Theory]
    [InlineData("O'Brien \"the\" \\ Great; DROP TABLE x;--")]
    [InlineData("😀👩‍👩‍👧 Zoë Ångström 李")]
    [InlineData("שלום \u202Eabc")]
    [InlineData("line one\r\nline two\ttab")]
    [InlineData("<script>&amp;{{x}}%0A")]
    public async Task Hostile_values_come_back_as_they_were(string value)
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create("hostile@example.com", value)));

        var read = await ReadOneAsync(stored.Ref.Id);

        Assert.Equal(value, read.Fields[vendor.TextField].Text);
    }

    [Fact]
    public async Task A_very_long_value_is_refused_clearly_or_stored_as_told()
    {
        var outcome = await WriteAsync(Create("long@example.com", new string('x', 10_000)));

        if (outcome is WriteOutcome.Refused refused)
        {
            Assert.NotEmpty(refused.Code);
            return;
        }

        var stored = Assert.IsType<WriteOutcome.Stored>(outcome);
        var told = stored.Values?.GetValueOrDefault(vendor.TextField) ?? new string('x', 10_000);
        Assert.Equal(told, (await ReadOneAsync(stored.Ref.Id)).Fields[vendor.TextField].Text);
    }

    [Fact]
    public async Task A_field_can_be_cleared()
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create("clear@example.com", "Full")));

        await WriteAsync(new RecordWrite(NextHubId(), Type, [new(vendor.TextField, FieldType.Text, FieldValue.Blank)]) { Target = stored.Ref.Id });

        Assert.Null((await ReadOneAsync(stored.Ref.Id)).Fields[vendor.TextField].Text);
    }

    [Fact]
    public async Task A_reference_is_written_changed_and_cleared()
    {
        Assert.SkipWhen(vendor.AccountField is null, "The vendor's people refer to no account.");
        var field = vendor.AccountField!;
        var first = vendor.Seed(vendor.AccountType, new Dictionary<string, string?> { [vendor.AccountNameField] = "First" });
        var second = vendor.Seed(vendor.AccountType, new Dictionary<string, string?> { [vendor.AccountNameField] = "Second" });
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create("refers@example.com", "Refers")));

        foreach (var account in (string?[])[first, second, null])
        {
            await WriteAsync(new RecordWrite(NextHubId(), Type, [new(field, FieldType.Reference, new(account))]) { Target = stored.Ref.Id });
            var read = await connector.ReadAsync(Type, [field], [stored.Ref.Id], default);
            Assert.Equal(account, Assert.IsType<Change.Seen>(read[0]).Record.Fields[field].Text);
        }
    }

    [Fact]
    public async Task A_deleted_record_is_gone_at_the_next_write()
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Create("gone@example.com", "Gone")));
        await connector.DeleteAsync(Type, [stored.Ref.Id], default);

        var outcome = await WriteAsync(new RecordWrite(NextHubId(), Type, [new(vendor.TextField, FieldType.Text, new("again"))]) { Target = stored.Ref.Id });

        Assert.IsType<WriteOutcome.Gone>(outcome);
    }

    [Fact]
    public void A_genuine_webhook_is_valid_and_others_are_not()
    {
        var now = Now();
        var request = vendor.Webhook(vendor.WebhookBody, now);
        Assert.SkipWhen(request is null, "The vendor has no webhooks.");
        var receiver = connector.Webhooks!;

        Assert.Equal(SignatureVerdict.Valid, receiver.Verify(request, now));
        if (vendor.WebhooksSignTheBody)
        {
            Assert.Equal(SignatureVerdict.Mismatch, receiver.Verify(request with { Body = "[1]"u8.ToArray() }, now));
            Assert.Equal(SignatureVerdict.Missing, receiver.Verify(request with { Headers = new Dictionary<string, string>() }, now));
        }
        else
        {
            Assert.Equal(SignatureVerdict.Mismatch, receiver.Verify(request with { Uri = request.Uri + "x" }, now));
            Assert.Equal(SignatureVerdict.Missing, receiver.Verify(request with { Uri = request.Uri.Split('?')[0] }, now));
        }
        if (vendor.WebhooksExpire)
        {
            Assert.Equal(SignatureVerdict.Expired, receiver.Verify(request, now.AddMinutes(10)));
            Assert.Equal(SignatureVerdict.Expired, receiver.Verify(request, now.AddMinutes(-10)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json <or anything>")]
    [InlineData("{\"a\":")]
    [InlineData("[1,2]")]
    public void A_malformed_webhook_is_refused(string body)
    {
        Assert.SkipWhen(connector.Webhooks is null, "The vendor has no webhooks.");

        Assert.Throws<WebhookFormatException>(() => connector.Webhooks!.Parse(System.Text.Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>What 'connectors test' asks of a file is a part of the contract.</summary>
    [Fact]
    public async Task The_checks_of_the_command_pass()
    {
        if (connector is IVendorSetup setup)
            await setup.EnsureCustomFieldsAsync(default);
        var subject = new CheckSubject(connector, Type, vendor.EmailField, vendor.TextField, () => calls.Count);
        foreach (var check in ConnectorChecks.All.Where(check => check.AppliesTo(subject)))
        {
            var result = await CheckResult.OfAsync(check, subject, default);
            Assert.True(result.Passed, $"{result.Name}: {result.Reason}");
        }
    }

    private DateTimeOffset Now() => vendor.Time.GetUtcNow();

    private RecordId NextHubId() => new(new Guid(++hubIds, 0, 0, new byte[8]));

    private RecordWrite Create(string email, string text) =>
        new(NextHubId(), Type, [new(vendor.EmailField, FieldType.Email, new(email)), new(vendor.TextField, FieldType.Text, new(text))]);

    private Dictionary<string, string?> Person(string email, string text) => new() { [vendor.EmailField] = email, [vendor.TextField] = text };

    private List<string> SeedPeople(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => vendor.Seed(Type, Person($"seed{++hubIds}@example.com", $"Seed {hubIds}")))];

    private async Task<WriteOutcome> WriteAsync(RecordWrite write) => (await connector.WriteAsync(Type, [write], default)).Single();

    private async Task<List<WriteOutcome>> WriteAllAsync(IEnumerable<RecordWrite> writes)
    {
        var outcomes = new List<WriteOutcome>();
        foreach (var batch in writes.Chunk(Info.WriteBatch))
            outcomes.AddRange(await connector.WriteAsync(Type, batch, default));
        return outcomes;
    }

    private async Task<ExternalRecord> ReadOneAsync(string id) => Assert.IsType<Change.Seen>((await connector.ReadAsync(Type, Fields, [id], default)).Single()).Record;

    private async Task<List<string>> ScanAsync(string? checkpoint)
    {
        var ids = new List<string>();
        await foreach (var page in connector.ScanAsync(Type, Fields, checkpoint, default))
            ids.AddRange(page.Records.Select(r => r.Ref.Id));
        return ids;
    }

    private Task<List<Change>> FeedAsync(DateTimeOffset from, DateTimeOffset until) => FeedAsync(FeedPosition.At(from), until);

    private async Task<List<Change>> FeedAsync(FeedPosition from, DateTimeOffset until)
    {
        var told = new List<Change>();
        await foreach (var page in connector.ChangesAsync(Type, Fields, from, until, default))
            told.AddRange(page.Changes);
        return told;
    }

    private async Task<FeedPosition> LastPositionAsync(FeedPosition from, DateTimeOffset until)
    {
        await foreach (var page in connector.ChangesAsync(Type, Fields, from, until, default))
            from = page.Position;
        return from;
    }

    /// <summary>A moment behind all that happened, in the vendor's unit of time, and before all that comes.</summary>
    private async Task<DateTimeOffset> SettledAsync()
    {
        await PauseAsync();
        var now = Now();
        await PauseAsync();
        return now;
    }

    private Task PauseAsync() => Task.Delay(Info.TimePrecision + TimeSpan.FromMilliseconds(5));

    private static ExternalRef? RefOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Stored stored => stored.Ref,
        WriteOutcome.Existing existing => existing.Ref,
        _ => null,
    };
}
