using StackHub.Connecting;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>Writes one by one.</summary>
public sealed class KlaviyoWriteTests : KlaviyoTest
{
    [Fact]
    public async Task A_new_profile_carries_the_hubs_id()
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Connect(), Some.Person(1, Some.Email("Ada@Example.com"), Some.First("Ada"))));

        Assert.True(stored.Created);
        Assert.Equal(Some.Id(1).ToString(), Stored(stored.Ref.Id, "external_id"));
        Assert.Equal("ada@example.com", stored.Values!["email"]);
    }

    [Fact]
    public async Task Null_clears_and_what_is_absent_stays()
    {
        var id = Seed(("email", "ada@example.com"), ("first_name", "Ada"), ("last_name", "Lovelace"), ("location.city", "London"), ("location.country", "UK"), ("properties.tier", "gold"), ("properties.plan", "pro"));

        await WriteAsync(Connect(), Some.Person(1, Some.First(null), Some.Field("location.city", null), Some.Field("properties.tier", null)) with { Target = id });

        var now = await ReadAsync(Connect(), id, "first_name", "last_name", "location.city", "location.country", "properties.tier", "properties.plan");
        Assert.Equal([null, "Lovelace", null, "UK", null, "pro"], now.Fields.Values.Select(value => value.Text));
    }

    [Fact]
    public async Task A_known_address_is_the_existing_profile_which_keeps_its_shops_id()
    {
        var id = Seed(("email", "ada@example.com"), ("external_id", "shop-7"), ("first_name", "Augusta"));

        var outcome = await WriteAsync(Connect(), Some.Person(1, Some.Email("ADA@example.com"), Some.First("Ada")));

        Assert.Equal(id, Assert.IsType<WriteOutcome.Existing>(outcome).Ref.Id);
        Assert.Equal(("shop-7", "Augusta"), (Stored(id, "external_id"), Stored(id, "first_name")));
    }

    [Fact]
    public async Task Whoever_has_the_same_phone_is_not_taken_over()
    {
        var id = Seed(("email", "mother@example.com"), ("phone_number", "+15551234567"));

        var outcome = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Connect(), Some.Person(1, Some.Email("son@example.com"), Some.Phone("+15551234567"))));

        Assert.Equal(("duplicate_profile", "phone_number"), (outcome.Code, outcome.VendorField));
        Assert.Equal("mother@example.com", Stored(id, "email"));
        Assert.Equal(1, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task An_update_to_somebody_elses_address_names_that_profile()
    {
        var (one, two) = (Seed(("email", "one@example.com")), Seed(("email", "two@example.com")));

        var outcome = await WriteAsync(Connect(), Some.Person(1, Some.Email("two@example.com")) with { Target = one });

        Assert.Equal(two, Assert.IsType<WriteOutcome.Existing>(outcome).Ref.Id);
    }

    [Fact]
    public async Task A_bad_phone_is_refused_with_its_field()
    {
        var outcome = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(Connect(), Some.Person(1, Some.Email("ada@example.com"), Some.Phone("call me"))));

        Assert.Equal("phone_number", outcome.VendorField);
    }

    [Fact]
    public async Task A_profile_larger_than_allowed_is_refused_and_not_retried()
    {
        var outcome = await WriteAsync(Connect(), Some.Person(1, Some.Email("ada@example.com"), Some.Field("properties.novel", new string('x', 101_000))));

        Assert.Equal("payload_too_large", Assert.IsType<WriteOutcome.Refused>(outcome).Code);
    }

    [Fact]
    public async Task A_merged_profile_is_followed_to_its_survivor_by_the_hubs_id()
    {
        var connector = Connect();
        var loser = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(connector, Some.Person(1, Some.Email("old@example.com")))).Ref.Id;
        var winner = Seed(("email", "new@example.com"));
        Do("merge", winner, loser);

        var outcome = await WriteAsync(connector, Some.Person(1, Some.First("Ada")) with { Target = loser });

        Assert.Equal(winner, Assert.IsType<WriteOutcome.Moved>(outcome).To.Id);
    }

    [Fact]
    public async Task Two_records_of_one_address_in_one_call_make_one_profile()
    {
        var outcomes = await Connect().WriteAsync("profiles", [Some.Person(1, Some.Email("ada@example.com")), Some.Person(2, Some.Email("ada@example.com"))], default);

        Assert.Single(outcomes.OfType<WriteOutcome.Stored>());
        Assert.Single(outcomes.OfType<WriteOutcome.Existing>());
        Assert.Equal(1, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task A_retired_revision_is_nobodys_record_refused()
    {
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => WriteAsync(Connect(("revision", "2019-01-01")), Some.Person(1, Some.Email("ada@example.com"))));

        Assert.DoesNotContain("ada@", e.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task A_refused_key_needs_a_person()
    {
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => ReadAsync(Connect(("apiKey", "pk_revoked")), "01X", "email"));

        Assert.True(e.NeedsPerson);
        Assert.Contains("refuses us", Assert.Single(await Connect(("apiKey", "pk_revoked")).CheckAsync(default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_deletion_goes_on_where_it_was()
    {
        var id = Seed(("email", "ada@example.com"));
        var other = Seed(("email", "bob@example.com"));
        Vendor.Sandbox.Faults.Plan(StackHub.Sandbox.Faults.FaultKind.None, StackHub.Sandbox.Faults.FaultKind.DropAfter);
        var connector = Connect();

        await Assert.ThrowsAsync<VendorUnavailableException>(() => connector.DeleteAsync("profiles", [id], default));
        var outcomes = await connector.DeleteAsync("profiles", [id, "01NOBODY"], default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Gone>(outcome));
        Assert.Equal("bob@example.com", Stored(other, "email"));
    }

    [Fact]
    public async Task The_check_finds_a_list_that_is_not_there() =>
        Assert.Contains("'Nope'", Assert.Single(await Connect(("list", "Nope"), ("optInList", Vendor.Sandbox.ListId)).CheckAsync(default)), StringComparison.Ordinal);
}
