using StackHub.Connectors.Zendesk;

namespace StackHub.Connectors.Tests.Zendesk;

public sealed class ZendeskRowsTests
{
    private static readonly ZendeskSent[] Creates = [new(null, "a"), new(null, "b"), new(null, "c")];
    private static readonly ZendeskSent[] Updates = [new(1, null), new(2, null), new(3, null)];

    [Fact]
    public void An_index_decides_whatever_the_order()
    {
        var found = ZendeskRows.Match([Row(index: 2, id: 30), Row(index: 0, error: "RecordInvalid"), Row(index: 1, id: 20)], Creates);

        Assert.Equal(["RecordInvalid", null, null], found.Select(row => row!.Error));
        Assert.Equal([null, 20L, 30L], found.Select(row => row!.Id));
    }

    [Fact]
    public void Rows_of_updates_are_told_by_their_id()
    {
        var found = ZendeskRows.Match([Row(id: 3), Row(id: 1, error: "RecordInvalid"), Row(id: 2)], Updates);

        Assert.Equal([1L, 2L, 3L], found.Select(row => row!.Id));
        Assert.Equal("RecordInvalid", found[0]!.Error);
    }

    [Fact]
    public void Failed_creates_without_an_index_are_those_that_are_left_in_order()
    {
        var found = ZendeskRows.Match([Row(index: 1, id: 20), Row(id: 0, error: "first"), Row(id: 0, error: "second")], Creates);

        Assert.Equal(["first", null, "second"], found.Select(row => row!.Error));
    }

    [Fact]
    public void An_external_id_tells_too() => Assert.Equal(20, ZendeskRows.Match([Row(id: 20, external: "B")], Creates)[1]!.Id);

    [Fact]
    public void A_row_that_could_be_anybodys_is_nobodys()
    {
        var found = ZendeskRows.Match([Row(index: 0, id: 10), Row(id: 0, error: "RecordInvalid")], Creates);

        Assert.Equal(10, found[0]!.Id);
        Assert.Null(found[1]);
        Assert.Null(found[2]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    public void An_index_beyond_what_was_sent_is_not_followed(int index) => Assert.All(ZendeskRows.Match([Row(index: index, id: 99)], Creates), Assert.Null);

    private static ZendeskRow Row(int? index = null, long? id = null, string? external = null, string? error = null) =>
        new(index, id, external, null, error is null, error, null);
}
