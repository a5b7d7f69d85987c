using System.Text;
using StackHub.Records;

namespace StackHub.Tests.Records;

public sealed class RecordJsonTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_760_000_000_123);

    [Fact]
    public void Receipts_keep_their_traces_though_one_that_repeats_is_stored_once()
    {
        var link = new LinkedRecord(new(new("crm"), "Contact", "1"))
            .WithCell("city", Written("a"))
            .WithCell("email", Written("a"))
            .WithCell("phone", Written(null))
            .WithCell("title", Written("a"))
            .WithCell("website", Written("b"));
        var record = new HubRecord(RecordId.New(At), RecordKind.Person) { Links = [link] };

        var stored = RecordJson.Write(record);

        Assert.Equal(record, RecordJson.Read(stored));
        Assert.Equal(2, Encoding.UTF8.GetString(stored).Split("\"a\"").Length - 1);
    }

    [Fact]
    public void A_record_written_after_a_large_one_is_itself()
    {
        var large = new HubRecord(RecordId.New(At), RecordKind.Person) { Links = [new LinkedRecord(new(new("crm"), "Contact", new string('x', 200_000)))] };
        var small = new HubRecord(RecordId.New(At), RecordKind.Account) { Links = [new LinkedRecord(new(new("crm"), "Account", "+ü\"2"))] };

        var stored = new[] { large, small, large, small }.Select(RecordJson.Write).ToArray();

        Assert.Equal([large, small, large, small], stored.Select(bytes => RecordJson.Read(bytes)));
    }

    [Fact]
    public void Names_that_every_record_repeats_are_one_string_for_all_of_them()
    {
        var record = new HubRecord(RecordId.New(At), RecordKind.Person) { Links = [new LinkedRecord(new(new("crm"), "Contact", "1")).WithCell("city", Written(null))] };
        var stored = RecordJson.Write(record);

        var (first, second) = (RecordJson.Read(stored).Links[0], RecordJson.Read(stored).Links[0]);

        Assert.Same(first.Cells.Keys.Single(), second.Cells.Keys.Single());
        Assert.Same(first.Ref.System.Name, second.Ref.System.Name);
        Assert.Same(first.Ref.ObjectType, second.Ref.ObjectType);
        Assert.NotSame(first.Ref.Id, second.Ref.Id);
    }

    [Fact]
    public void No_more_names_are_kept_than_it_was_made_for()
    {
        var names = new SharedNames(most: 2);
        string Of(string name) => names.Of(new string(name.AsSpan()));

        Assert.Same(Of("city"), Of("city"));
        Assert.Same(Of("phone"), Of("phone"));
        Assert.NotSame(Of("title"), Of("title"));
        Assert.Equal("title", Of("title"));
        Assert.Same(Of("city"), Of("city"));
    }

    private static Cell Written(string? trace) => Cell.Empty.With(new HubWrite(At, new("value")) { Trace = trace }, Horizon.Default);
}
