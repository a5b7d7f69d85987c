using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>What is particular to Zendesk's users, against the sandbox and over real HTTP.</summary>
public sealed class ZendeskTrapTests : IAsyncLifetime
{
    private ZendeskUnderTest vendor = null!;
    private IConnector connector = null!;

    public async ValueTask InitializeAsync()
    {
        vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        connector = vendor.Connect();
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    [Fact]
    public async Task Staff_is_neither_read_nor_written_nor_deleted()
    {
        var agent = vendor.Seed("users", ("email", "agent@example.com"), ("role", "agent"), ("name", "Agent"));

        var created = await connector.OneAsync(Some.User(1, Some.Email("agent@example.com"), Some.First("Not")));
        var updated = await connector.OneAsync(Some.User(1, Some.First("Not")) with { Target = agent });
        var deleted = await connector.DeleteAsync("users", [agent], default);
        var read = await connector.ReadAsync("users", ["email"], [agent], default);
        var scanned = await Some.All(connector.ScanAsync("users", ["email"], null, default));

        Assert.Equal("AgentOrAdmin", Assert.IsType<WriteOutcome.Refused>(created).Code);
        Assert.IsType<WriteOutcome.Gone>(updated);
        Assert.Equal("AgentOrAdmin", Assert.IsType<WriteOutcome.Refused>(deleted[0]).Code);
        Assert.IsType<Change.Deleted>(read[0]);
        Assert.Empty(scanned.SelectMany(page => page.Records));
        Assert.Equal("Agent", (string?)vendor.User(agent)!["name"]);
        Assert.Empty(vendor.Violations); // the sandbox notes whoever touches staff
    }

    [Fact]
    public async Task A_known_address_is_looked_up_and_never_gets_a_second_user_while_the_search_lags()
    {
        vendor.Sandbox.Faults.SearchLag = TimeSpan.FromMinutes(5);
        var known = vendor.Seed("users", ("email", "a@example.com"), ("external_id", "crm-1"));

        var tooSoon = await connector.OneAsync(Some.User(1, Some.Email("a@example.com")));
        vendor.Time.Advance(TimeSpan.FromMinutes(6));
        var later = await connector.OneAsync(Some.User(1, Some.Email("a@example.com")));

        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<WriteOutcome.Retry>(tooSoon).After);
        Assert.Equal(known, Assert.IsType<WriteOutcome.Existing>(later).Ref.Id);
        Assert.Equal(1, vendor.Count("users"));
        Assert.Equal("crm-1", (string?)vendor.User(known)!["external_id"]); // somebody else's key is not ours to replace
    }

    [Fact]
    public async Task Two_creates_of_one_address_in_a_batch_are_one_user()
    {
        var outcomes = await connector.WriteAsync("users", [Some.User(1, Some.Email("a@example.com")), Some.User(2, Some.Email("A@example.com"))], default);

        var stored = Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.Equal(stored.Ref, Assert.IsType<WriteOutcome.Existing>(outcomes[1]).Ref);
        Assert.Equal(1, vendor.Count("users"));
    }

    [Fact]
    public async Task A_secondary_address_finds_its_user()
    {
        var known = vendor.Seed("users", ("email", "first@example.com"));
        vendor.Edit("users", known, new Dictionary<string, string?> { ["email"] = "second@example.com" });

        var outcome = await connector.OneAsync(Some.User(1, Some.Email("first@example.com")));

        Assert.Equal("second@example.com", (string?)vendor.User(known)!["email"]);
        Assert.Equal(known, Assert.IsType<WriteOutcome.Existing>(outcome).Ref.Id);
    }

    [Fact]
    public async Task A_changed_address_becomes_the_primary_one()
    {
        var stored = await connector.StoreAsync(Some.User(1, Some.Email("old@example.com")));

        var changed = await connector.StoreAsync(Some.User(1, Some.Email("new@example.com"), Some.Title("CTO")) with { Target = stored.Ref.Id });
        var back = await connector.StoreAsync(Some.User(1, Some.Email("old@example.com")) with { Target = stored.Ref.Id });

        Assert.Equal(("new@example.com", "CTO"), (changed.Values!["email"], changed.Values["user_fields.job_title"]));
        Assert.Equal("old@example.com", back.Values!["email"]);
        Assert.Equal("old@example.com", (string?)vendor.User(stored.Ref.Id)!["email"]);
    }

    [Fact]
    public async Task A_cleared_address_is_taken_away()
    {
        var stored = await connector.StoreAsync(Some.User(1, Some.Email("a@example.com"), Some.First("Ada")));

        var cleared = await connector.StoreAsync(Some.User(1, Some.Email(null)) with { Target = stored.Ref.Id });

        Assert.Null(cleared.Values!["email"]);
        Assert.Null(vendor.User(stored.Ref.Id)!["email"]);
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_refused_as_that_field()
    {
        vendor.Seed("users", ("email", "taken@example.com"));
        var stored = await connector.StoreAsync(Some.User(1, Some.Email("a@example.com")));

        var outcome = await connector.OneAsync(Some.User(1, Some.Email("taken@example.com")) with { Target = stored.Ref.Id });

        var refused = Assert.IsType<WriteOutcome.Refused>(outcome);
        Assert.Equal(("DuplicateValue", "email"), (refused.Code, refused.VendorField));
        Assert.Equal("a@example.com", (string?)vendor.User(stored.Ref.Id)!["email"]);
    }

    [Fact]
    public async Task A_merged_user_goes_on_as_the_one_that_has_the_hubs_id()
    {
        var loser = await connector.StoreAsync(Some.User(1, Some.Email("loser@example.com")));
        var winner = vendor.Seed("users", ("email", "winner@example.com"));
        vendor.Sandbox.Edit(new VendorEdit("merge", "users", winner) { OtherId = loser.Ref.Id });

        var written = await connector.OneAsync(Some.User(1, Some.Title("CTO")) with { Target = loser.Ref.Id });
        var read = await connector.ReadAsync("users", ["email"], [loser.Ref.Id], default);

        Assert.Equal(winner, Assert.IsType<WriteOutcome.Moved>(written).To.Id);
        Assert.IsType<Change.Deleted>(read[0]);
    }

    [Fact]
    public async Task A_soft_delete_frees_the_address_and_only_a_permanent_one_is_an_erasure()
    {
        var one = await connector.StoreAsync(Some.User(1, Some.Email("a@example.com")));
        var two = await connector.StoreAsync(Some.User(2, Some.Email("b@example.com")));
        var from = vendor.Time.GetUtcNow();
        vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var deleted = await connector.DeleteAsync("users", [one.Ref.Id, one.Ref.Id, "999"], default);
        var again = await connector.StoreAsync(Some.User(3, Some.Email("a@example.com")));
        vendor.Sandbox.Edit(new VendorEdit("erase", "users", two.Ref.Id));
        var told = (await Some.All(connector.ChangesAsync("users", ["email"], FeedPosition.At(from), vendor.Time.GetUtcNow(), default))).SelectMany(page => page.Changes).ToList();

        Assert.All(deleted, outcome => Assert.IsType<WriteOutcome.Gone>(outcome));
        Assert.False((bool)vendor.User(one.Ref.Id)!["active"]!); // soft: the record is still there
        Assert.NotEqual(one.Ref, again.Ref);
        Assert.Contains(told, change => change is Change.Deleted && change.Ref == one.Ref);
        Assert.Contains(told, change => change is Change.PrivacyDeleted && change.Ref == two.Ref);
    }

    [Fact]
    public async Task A_field_the_account_does_not_have_is_refused_by_name_since_Zendesk_drops_it_silently()
    {
        var outcome = await connector.OneAsync(Some.User(1, Some.Email("a@example.com"), Some.Field("user_fields.shoe_size", "44")));

        var refused = Assert.IsType<WriteOutcome.Refused>(outcome);
        Assert.Equal(("FieldIgnored", "user_fields.shoe_size"), (refused.Code, refused.VendorField));
    }

    [Fact]
    public async Task Tags_come_back_as_Zendesk_spells_them()
    {
        var stored = await connector.StoreAsync(Some.User(1, Some.First("Ada"), Some.Field("tags", "VIP Customer;beta", FieldType.Set)));

        Assert.Equal("beta;vip_customer", stored.Values!["tags"]);
    }

    [Fact]
    public async Task Throttling_with_a_text_body_is_waited_out_and_an_empty_minute_before_it_is_refused()
    {
        await using var narrow = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { CallsPerMinute = 1 });
        var budget = new FakeBudget(TimeProvider.System);
        var recording = new Intercom.RecordingBudget();
        vendor.ThrottleNext(TimeSpan.FromSeconds(1));

        var stored = await vendor.Connect(budget).OneAsync(Some.User(1, Some.Email("a@example.com")));
        await narrow.Connect(recording).ReadAsync("users", ["email"], ["1"], default);

        Assert.IsType<WriteOutcome.Stored>(stored);
        Assert.Equal([TimeSpan.FromSeconds(1)], budget.Blocks);
        Assert.InRange(Assert.Single(recording.Blocks), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Refresh_tokens_are_used_once_and_the_next_one_is_kept()
    {
        await using var signedIn = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce, signsIn: true);
        var own = signedIn.Connect();
        for (var round = 0; round < 3; round++)
        {
            Assert.IsType<WriteOutcome.Stored>(await own.OneAsync(Some.User(round, Some.Email($"r{round}@example.com"))));
            signedIn.ExpireTokens();
        }

        Assert.Equal(3, signedIn.Count("users"));
    }

    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_job_is_renewed()
    {
        await using var signedIn = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobDelay = TimeSpan.FromMilliseconds(300) }, signsIn: true);
        var write = signedIn.Connect().OneAsync(Some.User(1, Some.Email("a@example.com")));
        await Task.Delay(150, TestContext.Current.CancellationToken);
        signedIn.ExpireTokens();

        Assert.IsType<WriteOutcome.Stored>(await write);
    }
}
