using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

/// <summary>What every <see cref="IBlobStore"/> does.</summary>
public abstract class BlobStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly byte[] One = [1];

    private readonly string folder = UniqueName.Of("blobs") + "/";

    protected abstract Task<IBlobStore> CreateAsync();

    [Fact]
    public async Task A_blob_comes_back_as_it_was_put()
    {
        var blobs = await CreateAsync();
        byte[] content = [0, 1, 127, 128, 255, 0];

        await blobs.PutAsync(folder + "inbound/1.bin", content, None);

        Assert.Equal(content, await blobs.GetAsync(folder + "inbound/1.bin", None));
    }

    [Fact]
    public async Task An_empty_blob_is_there_and_empty()
    {
        var blobs = await CreateAsync();

        await blobs.PutAsync(folder + "empty", ReadOnlyMemory<byte>.Empty, None);

        Assert.Equal(Array.Empty<byte>(), await blobs.GetAsync(folder + "empty", None));
        Assert.Equal([folder + "empty"], await ListAsync(blobs, folder));
    }

    [Fact]
    public async Task A_blob_of_ten_megabytes_comes_back_whole()
    {
        var blobs = await CreateAsync();
        var content = new byte[10 * 1024 * 1024];
        new Random(7).NextBytes(content);

        await blobs.PutAsync(folder + "large", content, None);

        var read = await blobs.GetAsync(folder + "large", None);
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task Putting_again_replaces_the_whole_content()
    {
        var blobs = await CreateAsync();
        await blobs.PutAsync(folder + "a", new byte[1_000], None);

        await blobs.PutAsync(folder + "a", One, None);

        Assert.Equal(One, await blobs.GetAsync(folder + "a", None));
        Assert.Single(await ListAsync(blobs, folder));
    }

    [Fact]
    public async Task A_blob_that_was_never_put_is_null()
    {
        var blobs = await CreateAsync();

        Assert.Null(await blobs.GetAsync(folder + "never", None));
    }

    [Fact]
    public async Task Deleting_says_whether_the_blob_was_there()
    {
        var blobs = await CreateAsync();
        await blobs.PutAsync(folder + "a", One, None);

        Assert.True(await blobs.DeleteAsync(folder + "a", None));
        Assert.False(await blobs.DeleteAsync(folder + "a", None));
        Assert.Null(await blobs.GetAsync(folder + "a", None));
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_in_ordinal_order()
    {
        var blobs = await CreateAsync();
        foreach (var name in (string[])["b/2", "b/10", "a", "b/1", "bc", "B/1", "b/ä"])
            await blobs.PutAsync(folder + name, One, None);

        Assert.Equal(["b/1", "b/10", "b/2", "b/ä"], await ListAsync(blobs, folder + "b/"));
        Assert.Equal(["B/1", "a", "b/1", "b/10", "b/2", "b/ä", "bc"], await ListAsync(blobs, folder));
        Assert.Empty(await ListAsync(blobs, folder + "c"));

        async Task<List<string>> ListAsync(IBlobStore store, string prefix) =>
            [.. (await BlobStoreContract.ListAsync(store, prefix)).Select(name => name[folder.Length..])];
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("100%25 plus+and&more=1")]
    [InlineData("quote'(1)~!@$,;")]
    [InlineData("Grüße/你好")]
    [InlineData("deep/er/and/deep/er.json.gz")]
    public async Task A_name_may_be_any_text_in_segments(string name)
    {
        var blobs = await CreateAsync();

        await blobs.PutAsync(folder + name, One, None);

        Assert.Equal(One, await blobs.GetAsync(folder + name, None));
        Assert.Equal([folder + name], await ListAsync(blobs, folder));
    }

    [Fact]
    public async Task Names_differ_by_case()
    {
        var blobs = await CreateAsync();
        await blobs.PutAsync(folder + "a", One, None);
        await blobs.PutAsync(folder + "A", new byte[] { 2 }, None);

        Assert.Equal(One, await blobs.GetAsync(folder + "a", None));
    }

    [Fact]
    public async Task A_name_has_1_to_1024_characters()
    {
        var blobs = await CreateAsync();
        var longest = folder + string.Join('/', Enumerable.Repeat(new string('n', 99), 11));
        longest = longest[..1_024];

        await blobs.PutAsync(longest, One, None);

        Assert.Equal(One, await blobs.GetAsync(longest, None));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(longest + "n", One, None));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync("", One, None));
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a.")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public async Task A_name_that_an_address_would_change_is_refused(string name)
    {
        var blobs = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(name, One, None));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.GetAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.DeleteAsync(name, None));
    }

    [Fact]
    public async Task A_name_has_at_most_254_segments()
    {
        var blobs = await CreateAsync();
        var most = folder + string.Join('/', Enumerable.Repeat("s", BlobLimits.MaxSegments - 1));

        await blobs.PutAsync(most, One, None);

        Assert.Equal([most], await ListAsync(blobs, folder));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(most + "/s", One, None));
    }

    [Fact]
    public async Task A_blob_above_256_mebibytes_is_refused()
    {
        var blobs = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(folder + "a", new byte[BlobLimits.MaxBytes + 1], None));
    }

    private static async Task<List<string>> ListAsync(IBlobStore blobs, string prefix)
    {
        var names = new List<string>();
        await foreach (var name in blobs.ListAsync(prefix, None))
            names.Add(name);
        return names;
    }
}
