using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoObjectTests : MarketoScene
{
    [Fact]
    public async Task A_company_is_made_once_updated_and_gone_when_deleted()
    {
        var write = Some.Company(1, Some.Field("company", "Acme"), Some.Field("numberOfEmployees", "12", FieldType.Number));
        Vendor.Sandbox.Faults.Plan(Sandbox.Faults.FaultKind.DropAfter);

        var lost = await WriteAsync(write);
        var again = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(write));
        var updated = await WriteAsync(Some.Company(1, Some.Field("company", null)) with { Target = again.Ref.Id });
        var read = Assert.IsType<Change.Seen>((await Connector.ReadAsync("companies", ["company", "numberOfEmployees"], [again.Ref.Id], default)).Single());
        await Connector.DeleteAsync("companies", [again.Ref.Id], default);
        var gone = await WriteAsync(Some.Company(1, Some.Field("company", "x")) with { Target = again.Ref.Id });

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost).Uncertain);
        Assert.Equal((Some.Id(1).ToString(), false), (again.Ref.Id, again.Created));
        Assert.IsType<WriteOutcome.Stored>(updated);
        Assert.Equal((null, "12"), (read.Record.Fields["company"].Text, read.Record.Fields["numberOfEmployees"].Text));
        Assert.IsType<WriteOutcome.Gone>(gone);
        Assert.Equal(0, Vendor.Count("companies"));
    }

    [Fact]
    public async Task An_opportunity_is_written_by_its_outside_key_and_read_by_it()
    {
        var stored = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(new RecordWrite(Some.Id(5), "opportunities",
        [
            Some.Field("name", "Big"), Some.Field("amount", "1200.5", FieldType.Number), Some.Field("closeDate", "2026-12-31", FieldType.Date),
        ])));

        var read = Assert.IsType<Change.Seen>((await Connector.ReadAsync("opportunities", ["name", "amount", "closeDate"], [stored.Ref.Id], default)).Single()).Record;

        Assert.Equal(("Big", "1200.5", "2026-12-31"), (read.Fields["name"].Text, read.Fields["amount"].Text, read.Fields["closeDate"].Text));
        Assert.True(read.Complete);
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task Companies_of_a_CRM_sync_need_a_person_and_check_says_so()
    {
        await StartAsync(new() { CrmEnabled = true });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => WriteAsync(Some.Company(1, Some.Field("company", "Acme"))));
        var problems = await Connector.CheckAsync(default);

        Assert.True(e.NeedsPerson);
        Assert.Contains("CRM", Assert.Single(problems), StringComparison.Ordinal);
    }
}
