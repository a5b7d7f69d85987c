using StackHub.Connecting;
using StackHub.Connectors.Klaviyo;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

public sealed class KlaviyoConsentTests : KlaviyoTest
{
    private const string Field = "subscriptions.email_opt_out";

    [Fact]
    public async Task An_opt_out_suppresses_the_address_and_is_read_back()
    {
        var id = Seed(("email", "ada@example.com"));
        var connector = Connect();

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(connector, Some.Person(1, Some.OptOut(true)) with { Target = id }));

        Assert.Equal("true", stored.Values![Field]);
        Assert.Equal("true", (await ReadAsync(connector, id, Field)).Fields[Field].Text);
        Assert.Equal((1, 1), (Calls("suppressions.create"), Vendor.Sandbox.Stats.Records("suppressions.create")));
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task A_new_profile_that_opted_out_is_made_and_then_suppressed()
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(), Some.Person(1, Some.Email("ada@example.com"), Some.OptOut(true))));

        Assert.True(stored.Created);
        Assert.Equal(["email", Field], stored.Values!.Keys);
        Assert.Contains("USER_SUPPRESSED", Stored(stored.Ref.Id, "subscriptions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "false")]
    [InlineData("subscribe", "false")]
    [InlineData("bounce", "false")]
    [InlineData("unsubscribe", "true")]
    [InlineData("suppress", "true")]
    public async Task What_a_person_wants_is_told_from_what_the_mail_server_said(string action, string isOptedOut)
    {
        var id = Seed(("email", "ada@example.com"));
        if (action != "nothing")
            Do(action, id);

        Assert.Equal(isOptedOut, (await ReadAsync(Connect(), id, Field)).Fields[Field].Text);
    }

    [Fact]
    public async Task Nobody_is_subscribed_because_they_did_not_opt_out()
    {
        var id = Seed(("email", "ada@example.com"));

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(("optInList", Vendor.Sandbox.ListId)), Some.Person(1, Some.OptOut(false)) with { Target = id }));

        Assert.Equal("false", stored.Values![Field]);
        Assert.Contains("NEVER_SUBSCRIBED", Stored(id, "subscriptions"), StringComparison.Ordinal);
        Assert.Equal(0, Calls("subscriptions.create") + Calls("suppressions.delete"));
    }

    [Fact]
    public async Task Our_own_suppression_is_taken_back()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("suppress", id);

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(), Some.Person(1, Some.OptOut(false)) with { Target = id }));

        Assert.Equal("false", stored.Values![Field]);
        Assert.Equal((1, 0), (Calls("suppressions.delete"), Calls("subscriptions.create")));
    }

    [Fact]
    public async Task A_persons_own_opt_out_is_not_taken_back_without_a_list()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("unsubscribe", id);

        var refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Connect(), Some.Person(1, Some.OptOut(false)) with { Target = id }));

        Assert.Equal(("OPT_IN_NOT_CONFIGURED", Field), (refused.Code, refused.VendorField));
        Assert.Equal(0, Calls("subscriptions.create"));
    }

    [Fact]
    public async Task With_a_list_the_person_is_subscribed_to_it()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("unsubscribe", id);

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(("optInList", Vendor.Sandbox.ListId)), Some.Person(1, Some.OptOut(false)) with { Target = id }));

        Assert.Equal("false", stored.Values![Field]);
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task An_unsubscription_names_its_list()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("subscribe", id);
        var connector = Connect(("optOutBy", "unsubscribe"), ("list", Vendor.Sandbox.ListId));

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(connector, Some.Person(1, Some.OptOut(true)) with { Target = id }));

        Assert.Equal("true", stored.Values![Field]);
        Assert.Contains("list_suppressions", Stored(id, "subscriptions"), StringComparison.Ordinal);
        Assert.Contains("\"consent\": \"SUBSCRIBED\"", Stored(id, "subscriptions"), StringComparison.Ordinal);
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task An_unsubscription_without_a_list_would_be_from_everything_and_is_not_sent()
    {
        var id = Seed(("email", "ada@example.com"));

        var refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Connect(("optOutBy", "unsubscribe")), Some.Person(1, Some.First("Ada"), Some.OptOut(true)) with { Target = id }));

        Assert.Equal(("LIST_NOT_CONFIGURED", Field), (refused.Code, refused.VendorField));
        Assert.Equal(("Ada", 0), (Stored(id, "first_name"), Calls("subscriptions.delete")));
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task A_consent_that_nobody_knows_stays_and_is_told_as_it_is()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("unsubscribe", id);

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(), Some.Person(1, Some.Field(Field, null, Mapping.FieldType.Boolean)) with { Target = id }));

        Assert.Equal("true", stored.Values![Field]);
    }

    [Fact]
    public async Task The_opt_out_of_a_merged_profile_goes_to_the_survivor_and_of_a_deleted_one_nowhere()
    {
        var (loser, winner, gone) = (Seed(("external_id", Some.Id(1).ToString())), Seed(("email", "ada@example.com")), Seed(("email", "bob@example.com")));
        Do("merge", winner, loser);
        Do("delete", gone);

        var outcomes = await Connect().WriteAsync("profiles", [Some.Person(1, Some.OptOut(true)) with { Target = loser }, Some.Person(2, Some.OptOut(true)) with { Target = gone }], default);

        Assert.Equal(winner, Assert.IsType<WriteOutcome.Moved>(outcomes[0]).To.Id);
        Assert.IsType<WriteOutcome.Gone>(outcomes[1]);
    }

    [Fact]
    public async Task Without_an_address_there_is_nothing_to_suppress()
    {
        var id = Seed(("phone_number", "+15551234567"));

        Assert.Equal("NO_EMAIL", Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Connect(), Some.Person(1, Some.OptOut(true)) with { Target = id })).Code);
    }

    [Fact]
    public async Task Many_opt_outs_go_a_hundred_a_job()
    {
        var ids = Enumerable.Range(0, 250).Select(i => Seed(("email", $"p{i}@example.com"))).ToList();

        var outcomes = await Connect().WriteAsync("profiles", [.. ids.Select((id, i) => Some.Person(i, Some.OptOut(true)) with { Target = id })], default);

        Assert.All(outcomes, outcome => Assert.Equal("true", Assert.IsType<WriteOutcome.Stored>(outcome).Values![Field]));
        Assert.Equal((3, 250), (Calls("suppressions.create"), Vendor.Sandbox.Stats.Records("suppressions.create")));
    }

    [Fact]
    public void Consent_is_never_sent_as_an_attribute()
    {
        var write = Some.Person(1, Some.Email("ada@example.com"), Some.OptOut(true));

        var planned = Connect().Preview("profiles", [write]);

        Assert.Equal(["/api/profiles", "/api/profile-suppression-bulk-create-jobs"], planned.Select(request => request.Path));
        Assert.DoesNotContain("subscriptions", planned[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_about_nobody_or_about_every_list_cannot_be_made()
    {
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Suppress([]));
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Unsuppress([]));
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Unsubscribe("", ["ada@example.com"]));
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Subscribe(" ", ["ada@example.com"]));
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Unsubscribe("Y6nRLr", []));
        Assert.ThrowsAny<ArgumentException>(() => KlaviyoJobRequest.Erase(""));
    }
}

/// <summary>A list that asks people to confirm.</summary>
public sealed class KlaviyoDoubleOptInTests : KlaviyoTest
{
    private protected override SandboxSettings Settings => new() { EnforceLimits = false, DoubleOptIn = true };

    [Fact]
    public async Task An_opt_in_that_waits_for_the_person_is_told_as_it_is()
    {
        var id = Seed(("email", "ada@example.com"));
        Do("unsubscribe", id);

        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(("optInList", Vendor.Sandbox.ListId), ("jobWaitSeconds", "1")), Some.Person(1, Some.OptOut(false)) with { Target = id }));

        Assert.Equal("true", stored.Values!["subscriptions.email_opt_out"]);
        Assert.Equal(1, Calls("subscriptions.create"));
    }
}
