using System.Diagnostics;
using StackHub.Connecting;
using StackHub.Telemetry;
using StackHub.Testing.Connecting;
using StackHub.Testing.Telemetry;

namespace StackHub.Tests.Telemetry;

[Collection(nameof(Overheard))]
public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_goes_from_the_webhook_over_its_apply_to_the_last_vendors_write()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Ada", "Adelman", "ada@adelman.example"));
        using var heard = new Overheard();
        scene.Crm.Edit(scene.People[0], "job", "CEO");

        await scene.DeliverAsync();
        await scene.Hub.PumpAsync();

        var webhook = Assert.Single(heard.Spans, span => span.OperationName == "webhook");
        Assert.Equal(["apply", "webhook", "write", "write"], heard.In(webhook.TraceId).Select(span => span.OperationName).Order());
        Assert.Equal(["marketing", "support"], heard.In(webhook.TraceId).Where(span => span.OperationName == "write").Select(span => span.GetTagItem(Tags.System) as string).Order());
    }

    [Fact]
    public async Task Webhooks_that_are_applied_and_written_together_keep_a_trace_each()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Ada", "Adelman", "ada@adelman.example"), ("Bob", "Bohrmann", "bob@bohrmann.example"), ("Cleo", "Cramer", "cleo@cramer.example"));
        using var heard = new Overheard();
        foreach (var person in scene.People)
            scene.Crm.Edit(person, "job", "CEO");

        await scene.DeliverAsync();
        await scene.Hub.PumpAsync();

        var traces = heard.Spans.Where(span => span.OperationName == "webhook").Select(span => span.TraceId).Distinct().ToArray();
        Assert.Equal(3, traces.Length);
        Assert.All(traces, trace => Assert.Equal(["apply", "webhook", "write", "write"], heard.In(trace).Select(span => span.OperationName).Order()));
        Assert.Equal(2, heard.Spans.Count(span => span.OperationName == "write" && !span.Links.Any())); // one call a system: the others are linked to it
    }

    [Fact]
    public async Task A_write_that_is_tried_again_stays_in_its_trace()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Ada", "Adelman", "ada@adelman.example"));
        using var heard = new Overheard();
        var calls = 0;
        scene.Marketing.BeforeWrite = _ => ++calls == 1 ? throw new VendorUnavailableException(scene.Marketing.System, "HTTP 503 for ada@adelman.example") : Task.CompletedTask;
        scene.Crm.Edit(scene.People[0], "job", "CEO");

        await scene.DeliverAsync();
        await scene.Hub.PumpAsync();
        ((AdjustableTime)scene.Hub.Time).Advance(TimeSpan.FromMinutes(1));
        await scene.Hub.PumpAsync();

        var webhook = heard.Spans.First(span => span.OperationName == "webhook");
        var writes = heard.In(webhook.TraceId).Where(span => span.OperationName == "write" && span.GetTagItem(Tags.System) is "marketing").ToArray();
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], writes.Select(span => span.Status));
        Assert.Equal(nameof(VendorUnavailableException), writes[0].StatusDescription);
    }

    [Fact]
    public void The_web_servers_own_span_gives_its_trace_and_its_parent_but_is_not_exported_itself()
    {
        using var heard = new Overheard();
        using var request = new Activity("request").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00").Start();

        using var span = HubTrace.Begin("webhook", ActivityKind.Server)!;

        Assert.Equal(request.TraceId, span.TraceId);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToString());
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        (string Trace, int Number)[] items = [("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 1)];
        Use(items);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1_000; round++)
            Use(items);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Use(IReadOnlyList<(string Trace, int Number)> items)
    {
        using var webhook = HubTrace.Begin("webhook", ActivityKind.Server);
        using var write = SharedSpan.Start("write", ActivityKind.Client, items, item => item.Trace);
        HubMetrics.Changes("crm", 1);
        HubMetrics.VendorCall("crm", "contacts.batchUpsert");
        HubMetrics.QueueAge("inbound", TimeSpan.Zero);
        HubMetrics.StorageOperation("table");
    }
}
