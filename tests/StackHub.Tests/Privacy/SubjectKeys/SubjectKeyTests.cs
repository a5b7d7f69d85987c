using System.Security.Cryptography;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.SubjectKeys;
using StackHub.Tests.Privacy.Evidence;

namespace StackHub.Tests.Privacy.SubjectKeys;

public sealed class SubjectKeyTests
{
    private readonly Chains chains = new();

    private SubjectKeyStore Store => new(chains.Tables, chains.Keys, chains.Ledger, chains.Time);

    [Fact]
    public async Task What_was_sealed_for_a_person_opens_with_their_key_only_and_as_the_same_thing_only()
    {
        var ada = (await Store.GetOrMakeAsync("ada", default))!;
        var bob = (await Store.GetOrMakeAsync("bob", default))!;
        var sealedBytes = ada.Seal("package", "hello"u8);

        Assert.Equal("hello"u8.ToArray(), (await Store.FindAsync("ada", default))!.Open("package", sealedBytes));
        Assert.ThrowsAny<CryptographicException>(() => bob.Open("package", sealedBytes));
        Assert.ThrowsAny<CryptographicException>(() => ada.Open("profile", sealedBytes));
        Assert.Throws<CryptographicException>(() => ada.Open("package", [1, 2, 3]));
    }

    [Fact]
    public async Task Many_who_ask_first_at_once_get_one_key()
    {
        chains.Tables.Before = _ => Task.Delay(1);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.GetOrMakeAsync("ada", default)));

        Assert.All(made, key => Assert.Equal("x"u8.ToArray(), made[0]!.Open("n", key!.Seal("n", "x"u8))));
    }

    [Fact]
    public async Task A_destroyed_key_never_comes_back_and_its_end_is_in_evidence_once()
    {
        await chains.WithAsync(0);
        var before = await Store.GetOrMakeAsync(Chains.Subject, default);

        await Store.DestroyAsync(Chains.Subject, Chains.Request, default);
        var again = await Store.DestroyAsync(Chains.Subject, Chains.Request, default);

        Assert.NotNull(before);
        Assert.Null(await Store.FindAsync(Chains.Subject, default));
        Assert.Null(await Store.GetOrMakeAsync(Chains.Subject, default));
        Assert.Equal((1, EvidenceKinds.KeyDestroyed), (again.Sequence, again.Note.Kind));
        Assert.Single((await chains.Ledger.CheckAsync(Chains.Request, null, default)).Entries);
    }
}
