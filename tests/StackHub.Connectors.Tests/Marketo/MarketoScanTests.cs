using StackHub.Connecting;
using StackHub.Connectors.Marketo;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoScanTests : MarketoScene
{
    [Fact]
    public async Task Leads_of_all_months_are_exported_month_by_month()
    {
        var old = Seed("old@example.com");
        Vendor.Time.Advance(TimeSpan.FromDays(65));
        var young = Seed("young@example.com");

        var ids = await ScanAsync(Connector);

        Assert.Equal([old, young], ids);
        Assert.True(Vendor.Sandbox.Stats.Calls("leads.exportCreate") > 2);
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task A_smart_list_of_everybody_is_one_export()
    {
        await StartAsync(new() { SmartList = 1001 });
        Seed("a@example.com");
        Vendor.Time.Advance(TimeSpan.FromDays(65));
        Seed("b@example.com");

        var ids = await ScanAsync(Connect(("exportSmartList", "1001")));

        Assert.Equal((2, 1L), (ids.Count, Vendor.Sandbox.Stats.Calls("leads.exportCreate")));
    }

    [Fact]
    public async Task A_subscription_without_smart_list_exports_needs_a_person()
    {
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => ScanAsync(Connect(("exportSmartList", "1001"))));

        Assert.True(e.NeedsPerson);
        Assert.Contains("1035", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_whose_file_is_gone_reads_its_month_again()
    {
        var ids = Enumerable.Range(0, 310).Select(n => Seed($"p{n}@example.com")).ToList();
        string? checkpoint = null;
        await foreach (var page in Connector.ScanAsync("leads", ["email"], null, default))
        {
            checkpoint = page.Checkpoint;
            if (page.Records.Count > 0)
                break;
        }

        Vendor.Time.Advance(TimeSpan.FromDays(8));
        var rest = await ScanAsync(Connector, checkpoint);

        Assert.Equal(ids, rest);
    }

    [Fact]
    public async Task A_queue_that_is_full_is_waited_for_by_the_caller()
    {
        await StartAsync(new() { QueuedExports = 0 });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => ScanAsync(Connector));

        Assert.Equal(TimeSpan.FromMinutes(5), e.RetryAfter);
    }

    [Fact]
    public async Task Companies_are_those_that_leads_belong_to()
    {
        foreach (var key in (string[])["c-1", "c-2"])
            Vendor.Seed("companies", new Dictionary<string, string?> { ["externalCompanyId"] = key, ["company"] = key });
        foreach (var n in Enumerable.Range(0, 3))
            Vendor.Seed("leads", new Dictionary<string, string?> { ["email"] = $"p{n}@example.com", ["externalCompanyId"] = "c-1" });
        Seed("nowhere@example.com");

        var companies = (await Some.All(Connector.ScanAsync("companies", ["company"], null, default))).SelectMany(page => page.Records);

        Assert.Equal("c-1", Assert.Single(companies).Ref.Id);
    }

    [Theory]
    [InlineData("id\n1\n2\n", "1|2")]
    [InlineData("id\r\n1\r\n", "1")]
    [InlineData("externalCompanyId\nnull\n\"a, \"\"b\"\"\"\n\"null\"\n", "a, \"b\"|null")]
    [InlineData("id\n", "")]
    public void A_file_is_read_as_it_was_written(string csv, string values) =>
        Assert.Equal(values, string.Join('|', MarketoExports.Rows(csv)));

    private static async Task<List<string>> ScanAsync(IConnector connector, string? checkpoint = null) =>
        [.. (await Some.All(connector.ScanAsync("leads", ["email"], checkpoint, default))).SelectMany(page => page.Records).Select(seen => seen.Ref.Id)];
}
