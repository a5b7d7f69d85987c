using StackHub.Security;
using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Web.Tests.Security;

public sealed class ApiKeyStoreTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryTables tables = new();

    private ApiKeyStore Store => new(tables, time);

    [Fact]
    public async Task A_key_is_found_by_its_secret_with_its_roles()
    {
        var made = await Store.CreateAsync("ci", [Role.Operator, Role.Approver, Role.Operator], CancellationToken.None);

        var found = await Store.FindAsync(made.Secret, CancellationToken.None);

        Assert.Equal(made.Key.Id, found!.Id);
        Assert.Equal([Role.Operator, Role.Approver], found.Roles);
        Assert.Equal("ci", found.Name);
    }

    [Fact]
    public async Task A_secret_has_256_random_bits_and_is_stored_nowhere()
    {
        var made = await Store.CreateAsync("ci", [Role.Viewer], CancellationToken.None);

        Assert.Matches("^shk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", made.Secret);
        var row = await tables.GetAsync(Tables.ApiKeys, "key", made.Key.Id, CancellationToken.None);
        var secret = made.Secret[^43..];
        Assert.DoesNotContain(row!.Values.Values, value => value.ToString()!.Contains(secret, StringComparison.Ordinal));
        Assert.Equal(32, row.Bytes("Hash")!.Length);
        Assert.DoesNotContain(secret, $"{made}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_another_secret_is_not_found()
    {
        var made = await Store.CreateAsync("ci", [Role.Viewer], CancellationToken.None);
        var other = made.Secret[..^1] + (made.Secret[^1] == 'A' ? 'Q' : 'A');

        Assert.Null(await Store.FindAsync(other, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("shk_")]
    [InlineData("shk_0123456789abcdef_")]
    [InlineData("shk_../../../../../._aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("SHK_0123456789abcdef_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("shk_0123456789abcdef_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_key_is_not_found(string presented) => Assert.Null(await Store.FindAsync(presented, CancellationToken.None));

    [Fact]
    public async Task A_revoked_key_is_listed_and_never_found()
    {
        var made = await Store.CreateAsync("ci", [Role.Viewer], CancellationToken.None);

        Assert.True(await Store.RevokeAsync(made.Key.Id, CancellationToken.None));

        Assert.Null(await Store.FindAsync(made.Secret, CancellationToken.None));
        Assert.Equal(time.GetUtcNow(), Assert.Single(await Store.ListAsync(CancellationToken.None)).RevokedAt);
        Assert.False(await Store.RevokeAsync("0000000000000000", CancellationToken.None));
    }

    [Fact]
    public async Task Use_is_noted_once_a_day()
    {
        var made = await Store.CreateAsync("ci", [Role.Viewer], CancellationToken.None);
        var writes = 0;
        tables.After = operation => Task.FromResult(operation.StartsWith("tables.write", StringComparison.Ordinal) ? ++writes : writes);

        await Store.FindAsync(made.Secret, CancellationToken.None);
        await Store.FindAsync(made.Secret, CancellationToken.None);
        time.Advance(TimeSpan.FromDays(1));
        var found = await Store.FindAsync(made.Secret, CancellationToken.None);

        Assert.Equal(2, writes);
        Assert.Equal(new DateOnly(2026, 3, 3), found!.LastUsedOn);
    }

    [Fact]
    public async Task A_key_without_a_role_or_a_name_is_not_made()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync("ci", [], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync("", [Role.Viewer], CancellationToken.None));
    }
}
