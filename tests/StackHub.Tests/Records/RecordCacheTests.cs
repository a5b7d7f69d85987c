using StackHub.Records;

namespace StackHub.Tests.Records;

public sealed class RecordCacheTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_760_000_000_123);

    [Fact]
    public void What_was_touched_last_is_there_and_of_small_records_never_more_than_so_many()
    {
        var cache = new RecordCache(capacity: 100, cells: 1_000);
        var all = Fill(cache, records: 1_000, cells: 1);

        Assert.All(all.TakeLast(50), id => Assert.NotNull(cache.Get(id)));
        Assert.InRange(Kept(cache, all), 50, 102);
    }

    [Fact]
    public void Large_records_take_the_place_of_many()
    {
        var cache = new RecordCache(capacity: 100, cells: 1_000);
        var all = Fill(cache, records: 1_000, cells: 100);

        Assert.NotNull(cache.Get(all[^1]));
        Assert.InRange(Kept(cache, all), 1, 12);
    }

    [Fact]
    public void Writing_the_same_again_and_again_drives_nobody_out()
    {
        var (cache, busy, other) = (new RecordCache(capacity: 100, cells: 1_000), RecordId.New(At), RecordId.New(At));
        cache.Set(Stored(other, cells: 1));
        for (var again = 0; again < 10_000; again++)
            cache.Set(Stored(busy, cells: 100));

        Assert.NotNull(cache.Get(other));
    }

    [Fact]
    public void A_record_that_grows_takes_more_of_it()
    {
        var (cache, growing, other) = (new RecordCache(capacity: 100, cells: 1_000), RecordId.New(At), RecordId.New(At));
        cache.Set(Stored(other, cells: 1));
        for (var cells = 100; cells <= 600; cells += 100)
            cache.Set(Stored(growing, cells)); // past half of it: the older half is turned over
        Fill(cache, records: 6, cells: 100);

        Assert.Null(cache.Get(other));
    }

    private static RecordId[] Fill(RecordCache cache, int records, int cells)
    {
        RecordId[] ids = [.. Enumerable.Range(0, records).Select(number => RecordId.New(At.AddMilliseconds(number)))];
        foreach (var id in ids)
            cache.Set(Stored(id, cells));
        return ids;
    }

    /// <summary>From the newest, since whoever is looked at is kept longer.</summary>
    private static int Kept(RecordCache cache, IEnumerable<RecordId> ids) => ids.Reverse().Count(id => cache.Get(id) is not null);

    private static StoredRecord Stored(RecordId id, int cells)
    {
        var link = new LinkedRecord(new(new("crm"), "Contact", "1"));
        for (var cell = 0; cell < cells; cell++)
            link = link.WithCell($"field{cell}", Cell.Empty);
        return new(new HubRecord(id, RecordKind.Person) { Links = [link] }, "1", 1);
    }
}
