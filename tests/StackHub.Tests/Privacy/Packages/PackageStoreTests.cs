using System.Security.Cryptography;
using System.Text;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Packages;
using StackHub.Privacy.SubjectKeys;
using StackHub.Testing.Storage;
using StackHub.Tests.Privacy.Evidence;

namespace StackHub.Tests.Privacy.Packages;

public sealed class PackageStoreTests
{
    private const string Subject = "person-1";
    private readonly Chains chains = new();
    private readonly InMemoryBlobs blobs = new();

    private SubjectKeyStore Subjects => new(chains.Tables, chains.Keys, chains.Ledger, chains.Time);

    private PackageStore Store => new(chains.Tables, blobs, Subjects, chains.Ledger, chains.Keys, chains.Time);

    private Reauthentication Shown => new(Subject, chains.Time.GetUtcNow());

    [Fact]
    public async Task S52_a_link_gives_the_archive_to_whoever_shows_again_who_they_are_and_each_read_is_in_evidence()
    {
        var link = await BuildAsync();

        var first = await ReadAsync(link);
        var second = await ReadAsync(link);

        Assert.Equal(first, second);
        Assert.Contains("report.html", (await ZipFiles.ReadAsync(new MemoryStream(first))).Keys);
        var notes = (await chains.Ledger.CheckAsync("r1", null, default)).Entries.Select(entry => entry.Note).ToArray();
        Assert.Equal([EvidenceKinds.PackageBuilt, EvidenceKinds.PackageRead, EvidenceKinds.PackageRead], notes.Select(note => note.Kind));
        Assert.Equal("2", notes[2].Facts["read"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(first)), notes[0].Facts["sha256"]);
    }

    [Fact]
    public async Task S52_nobody_gets_it_unshown_too_long_after_or_as_somebody_else_and_nothing_is_counted()
    {
        var link = await BuildAsync();

        Assert.IsType<PackageAccess.ShowWhoYouAre>((await Store.OpenAsync(link, null, default)).Access);
        Assert.IsType<PackageAccess.ShowWhoYouAre>((await Store.OpenAsync(link, Shown with { At = Shown.At.AddMinutes(-15) }, default)).Access);
        Assert.IsType<PackageAccess.ShowWhoYouAre>((await Store.OpenAsync(link, Shown with { At = Shown.At.AddMinutes(1) }, default)).Access);
        Assert.IsType<PackageAccess.NotYours>((await Store.OpenAsync(link, Shown with { Subject = "person-2" }, default)).Access);
        Assert.Single((await chains.Ledger.CheckAsync("r1", null, default)).Entries);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task S52_a_link_that_this_hub_did_not_make_is_none(string? token) =>
        Assert.IsType<PackageAccess.NoLink>((await Store.OpenAsync(token, Shown, default)).Access);

    [Fact]
    public async Task S52_an_expired_link_is_gone_and_so_are_its_blobs()
    {
        var link = await BuildAsync();
        chains.Time.Advance(PackageAccessRules.Lifetime);

        Assert.IsType<PackageAccess.Gone>((await Store.OpenAsync(link, Shown, default)).Access);
        Assert.Equal(1, await Store.RemoveExpiredAsync(default));
        Assert.Empty(await NamesAsync());
        Assert.IsType<PackageAccess.Gone>((await Store.OpenAsync(link, Shown, default)).Access);
    }

    [Fact]
    public async Task A_package_is_unreadable_at_rest_and_for_ever_once_the_persons_key_is_destroyed()
    {
        var link = await BuildAsync();
        var key = await Subjects.FindAsync(Subject, default);
        foreach (var name in await NamesAsync())
        {
            var stored = Encoding.Latin1.GetString((await blobs.GetAsync(name, default))!);
            Assert.DoesNotContain("report.html", stored, StringComparison.Ordinal);
        }

        await Subjects.DestroyAsync(Subject, "r1", default);

        Assert.NotNull(key);
        Assert.IsType<PackageAccess.Gone>((await Store.OpenAsync(link, Shown, default)).Access);
        Assert.Null(await Store.BuildAsync(PackageTests.Data(), Subject, default));
    }

    [Fact]
    public async Task A_large_archive_is_cut_into_parts_that_only_fit_together_in_order()
    {
        var random = new Random(7);
        var large = new byte[(2 * PackageStore.PartSize) + 12_345];
        random.NextBytes(large);

        var link = await BuildAsync(PackageTests.Data() with { Files = [new("zendesk", "large.bin", large)] });
        var names = await NamesAsync();

        Assert.Equal(3, names.Count);
        Assert.Equal(large, (await ZipFiles.ReadAsync(new MemoryStream(await ReadAsync(link))))["files/zendesk/large.bin"]);
        var (first, second) = ((await blobs.GetAsync(names[0], default))!, (await blobs.GetAsync(names[1], default))!);
        await blobs.PutAsync(names[0], second, default);
        await blobs.PutAsync(names[1], first, default);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(link));
    }

    [Fact]
    public async Task A_build_that_dies_at_any_step_leaves_nothing_that_does_not_expire()
    {
        for (var step = 1; step < 8; step++)
        {
            var left = step;
            await chains.Ledger.OpenAsync("r1", Subject, default);
            Func<string, Task> dies = _ => --left == 0 ? throw new TimeoutException() : Task.CompletedTask;
            (chains.Tables.After, blobs.After) = (dies, dies);
            await Record.ExceptionAsync(() => Store.BuildAsync(PackageTests.Data(), Subject, default));
            (chains.Tables.After, blobs.After) = (null, null);
        }
        chains.Time.Advance(PackageAccessRules.Lifetime);

        await Store.RemoveExpiredAsync(default);

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task All_packages_of_a_person_can_be_removed()
    {
        await BuildAsync();
        await BuildAsync();

        Assert.Equal(2, await Store.RemoveOfAsync(new HashSet<string> { Subject }, default));
        Assert.Empty(await NamesAsync());
    }

    private async Task<string> BuildAsync(SubjectData? data = null)
    {
        await chains.Ledger.OpenAsync("r1", Subject, default);
        return (await Store.BuildAsync(data ?? PackageTests.Data(), Subject, default))!.Value.Link;
    }

    private async Task<byte[]> ReadAsync(string link)
    {
        using var all = new MemoryStream();
        await foreach (var part in (await Store.OpenAsync(link, Shown, default)).Content!)
            all.Write(part.Span);
        return all.ToArray();
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var name in blobs.ListAsync("packages/", default))
            names.Add(name);
        return names;
    }
}
