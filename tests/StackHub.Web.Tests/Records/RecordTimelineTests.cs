using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Web.Tests.Records;

public sealed class RecordTimelineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecordId Id = RecordId.Parse("0123456789abcdef0123456789abcdef");
    private static readonly RecordId Other = RecordId.Parse("1123456789abcdef0123456789abcdef");

    [Fact]
    public void What_happened_is_told_newest_first_and_what_happened_at_once_together()
    {
        var said = new LinkedRecord(new(new("crm"), "contacts", "1"))
            .WithCell("firstName", Cell.Of([new(Noon, new("Ada"))], [], Horizon.Default))
            .WithCell("lastName", Cell.Of([new(Noon, new("Lovelace"))], [], Horizon.Default));
        var wrote = new LinkedRecord(new(new("mail"), "people", "9")) { Refusals = said.Refusals.SetItem("phone", new("hash", "INVALID_PHONE", Noon.AddMinutes(3))) }
            .WithCell("firstName", Cell.Of([], [new(Noon.AddMinutes(1), new("Ada")) { Author = new(new("crm"), Noon), Trace = "t" }], Horizon.Default));
        var record = new HubRecord(Id, RecordKind.Person).With(said).With(wrote);

        var entries = RecordTimeline.Of(record, [new MergeEntry(Other, Id, Noon.AddMinutes(2), "the same phone", []) { UndoneAt = Noon.AddMinutes(4) }]);

        Assert.Equal(["Unmerged", "Refused", "Merged", "Wrote", "Said"], entries.Select(entry => entry.GetType().Name));
        Assert.Equal(["firstName", "lastName"], Assert.IsType<TimelineEntry.Said>(entries[^1]).Values.Select(value => value.Field));
        Assert.Equal(["crm"], Assert.IsType<TimelineEntry.Wrote>(entries[3]).Authors.Select(author => author.Name));
    }

    [Fact]
    public void Nothing_of_it_prints_a_value()
    {
        TimelineEntry entry = new TimelineEntry.Said(Noon, new(new("crm"), "contacts", "1"), [new("firstName", "Ada")]);

        Assert.DoesNotContain("Ada", $"{entry} {new TimelineValue("firstName", "Ada")} {new ShownValue("Ada", [])} {new RecordName(Id, RecordKind.Person, "Ada")}", StringComparison.Ordinal);
    }
}
