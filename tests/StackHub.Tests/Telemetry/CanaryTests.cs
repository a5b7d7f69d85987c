using StackHub.Connecting;
using StackHub.Sync.Runs;
using StackHub.Telemetry;
using StackHub.Testing.Telemetry;

namespace StackHub.Tests.Telemetry;

[Collection(nameof(Overheard))]
public sealed class CanaryTests
{
    private static readonly string[] Signs = ["Qanarienne", "Vogelzwitscher", "qanarienne.v", "canarycage", "4155557391", "Singer"];

    [Fact]
    public async Task No_tag_of_a_span_or_metric_holds_a_value_of_a_record()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Qanarienne", "Vogelzwitscher", "qanarienne.v@canarycage.example"));
        using var heard = new Overheard();
        await LiveAsync(scene);

        heard.Collect();

        Assert.Contains(heard.Spans, span => span.OperationName == "write");
        Assert.Contains(heard.Measurements, measured => measured.Name == "stackhub.dead_letters");
        Assert.All(Signs, sign => Assert.DoesNotContain(heard.Texts, text => text.Contains(sign, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Every_tag_is_in_the_list()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Qanarienne", "Vogelzwitscher", "qanarienne.v@canarycage.example"));
        using var heard = new Overheard();
        await LiveAsync(scene);

        var used = heard.Spans.SelectMany(span => span.TagObjects).Concat(heard.Measurements.SelectMany(measured => measured.Tags)).Select(tag => tag.Key).Distinct().ToArray();

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(Tags.All));
    }

    /// <summary>Changed, written, refused in the person's own words, failed with them, read by poll and matched with another record.</summary>
    private static async Task LiveAsync(ToldByWebhook scene)
    {
        var calls = 0;
        scene.Marketing.BeforeWrite = _ => ++calls == 1 ? throw new VendorUnavailableException(scene.Marketing.System, "HTTP 503 for qanarienne.v@canarycage.example") : Task.CompletedTask;
        scene.Crm.Edit(scene.People[0], "tel", "+14155557391");
        await scene.DeliverAsync();
        await scene.Hub.SettleAsync();
        scene.Marketing.Refuse = _ => new WriteOutcome.Refused("TOO_LONG", "'Singer' of Vogelzwitscher is too long", "job");
        scene.Crm.Edit(scene.People[0], "job", "Singer");
        scene.Crm.Create("people", ("mail", "qanarienne.v@canarycage.example"), ("first", "Xaver"), ("last", "Vogelzwitscher"));
        await scene.DeliverAsync();
        await scene.Hub.SettleAsync();
        await scene.Hub.Get<Poll>().RunAsync(scene.Crm.System, CancellationToken.None);
    }
}
