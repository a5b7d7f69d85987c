using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Identity.Matching;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Explain;
using StackHub.Testing.Snapshots;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Tests.Records;

public sealed class RecordPageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecordId Id = RecordId.Parse("0123456789abcdef0123456789abcdef");
    private static readonly RecordId Company = RecordId.Parse("1123456789abcdef0123456789abcdef");
    private static readonly ExternalRef Crm = new(new("crm"), "contacts", "1");
    private static readonly ExternalRef Mail = new(new("mail"), "people", "9");

    [Fact]
    public async Task A_record_is_explained_field_by_field()
    {
        Snapshot.Match(await MainAsync(RecordModel.Of(Loaded()), Role.Operator));
    }

    [Fact]
    public async Task A_viewer_may_not_undo()
    {
        Assert.DoesNotContain("/undo", await MainAsync(RecordModel.Of(Loaded()), Role.Viewer), StringComparison.Ordinal);
    }

    private static LoadedRecord Loaded()
    {
        var record = new HubRecord(Id, RecordKind.Person)
            .With(new LinkedRecord(Crm) { SeenAt = Noon, Complete = true }.WithCell("phone", Cell.Of([new(Noon, new("+14155550199"))], [], Horizon.Default)))
            .With(new LinkedRecord(Mail) { SeenAt = Noon, Complete = true });
        var fields = new[] { new FieldDefinition("phone", FieldType.Phone), new FieldDefinition("account", FieldType.Reference), new FieldDefinition("title", FieldType.Text) };
        var explanation = new Explanation(Id, RecordKind.Person, [],
        [
            new("phone", "+14155550199", Crm, Noon, "most-recent", "authored last", [new(Mail, "+14155550100", Noon.AddDays(-2), "authored earlier")], [new(Crm, "+14155550199", "authored there"), new(Mail, "+14155550100", "authored there")]),
            new("account", Company.ToString(), Crm, Noon, "most-recent", "authored last", [], [new(Crm, Company.ToString(), "authored there")]),
            new("title", null, null, null, "most-recent", "no system ever authored a value", [], [new(Crm, null, "authored there")]),
        ]);
        return new(record, new(Id, RecordKind.Person, "Ada Lovelace"), explanation, fields.ToFrozenDictionary(field => field.Name),
            [new MergeEntry(Company, Id, Noon.AddHours(-1), "the same phone", [])],
            new Dictionary<ExternalRef, Uri> { [Crm] = new("https://crm.example/people/1") },
            new Dictionary<RecordId, RecordName> { [Company] = new(Company, RecordKind.Account, "Analytical Engines") })
        {
            Pending = new HashSet<(ExternalRef, string)> { (Mail, "phone") },
            ToCreate = [new("desk")],
        };
    }

    private static async Task<string> MainAsync(RecordModel model, Role role)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var html = await PageHtml.RenderAsync(services, typeof(RecordPage), "Person", model, new("../", "people", new Caller("key:1", [role]), "proof", null, Noon.AddMinutes(5)));
        return html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
    }
}
