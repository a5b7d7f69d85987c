using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotFeedTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTokens tokens = new();
    private readonly List<(long Id, DateTimeOffset At)> contacts = [];
    private bool ignoresFilters;

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task Each_change_comes_once_in_order_of_time_and_number()
    {
        Add(500, i => Start.AddMilliseconds(i / 7));

        var told = await FeedAsync(FeedPosition.At(Start.AddSeconds(-1)), Start.AddHours(1));

        Assert.Equal(contacts.OrderBy(c => c.At).ThenBy(c => c.Id).Select(c => $"{c.Id}"), told);
    }

    [Fact]
    public async Task More_records_of_one_moment_than_the_search_can_page_are_all_told()
    {
        Add(10_300, _ => Start);
        Add(30, i => Start.AddSeconds(i));

        var told = await FeedAsync(FeedPosition.At(Start.AddSeconds(-1)), Start.AddHours(1));

        Assert.Equal(10_330, told.Distinct().Count());
        Assert.Equal(10_330, told.Count);
    }

    [Fact]
    public async Task It_goes_on_in_the_middle_of_a_moment()
    {
        Add(900, _ => Start);

        var told = await FeedAsync(new FeedPosition(Start, "700"), Start);

        Assert.Equal(Enumerable.Range(701, 200).Select(i => $"{i}"), told);
    }

    [Fact]
    public async Task Changes_behind_the_window_stay_out()
    {
        Add(10, i => Start.AddSeconds(i));

        Assert.Equal(["1", "2", "3"], await FeedAsync(FeedPosition.At(Start.AddSeconds(-1)), Start.AddSeconds(2)));
    }

    [Fact]
    public async Task A_search_that_repeats_itself_is_an_error()
    {
        Add(900, _ => Start);
        ignoresFilters = true;

        await Assert.ThrowsAsync<VendorUnavailableException>(() => FeedAsync(new FeedPosition(Start, "700"), Start));
    }

    private void Add(int count, Func<int, DateTimeOffset> at)
    {
        var first = contacts.Count;
        contacts.AddRange(Enumerable.Range(0, count).Select(i => ((long)(first + i + 1), at(i))));
    }

    private async Task<List<string>> FeedAsync(FeedPosition from, DateTimeOffset until)
    {
        var connector = new HubSpotFactory { Transport = new FakeVendor(Answer) }.Create(new ConnectorContext(
            new SystemId("hubspot"), new Dictionary<string, string> { ["accessToken"] = "t", ["listDeletions"] = "false" }, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System));
        var told = new List<string>();
        await foreach (var page in connector.ChangesAsync("contacts", ["email"], from, until, default))
            told.AddRange(page.Changes.Select(c => c.Ref.Id));
        return told;
    }

    private HttpResponseMessage Answer(SentRequest request)
    {
        if (!request.Path.EndsWith("/search", StringComparison.Ordinal))
            return Results(request.Inputs.Select(i => contacts[(int)long.Parse((string)i["id"]!, CultureInfo.InvariantCulture) - 1]));
        var search = request.Json;
        Assert.Equal("0", (string?)search["after"]);
        var filters = search["filterGroups"]![0]!["filters"]!.AsArray();
        var found = contacts.Where(c => ignoresFilters || filters.All(f => Fits(c, f!)));
        var sorted = (string?)search["sorts"]![0] == "hs_object_id" ? found.OrderBy(c => c.Id) : found.OrderBy(c => c.At).ThenByDescending(c => c.Id % 13);
        return Results(sorted.Take((int)search["limit"]!));
    }

    private static bool Fits((long Id, DateTimeOffset At) contact, JsonNode filter)
    {
        var value = long.Parse((string)filter["value"]!, CultureInfo.InvariantCulture);
        var own = (string?)filter["propertyName"] == "hs_object_id" ? contact.Id : contact.At.ToUnixTimeMilliseconds();
        return (string?)filter["operator"] switch
        {
            "GTE" => own >= value,
            "GT" => own > value,
            "LTE" => own <= value,
            _ => own == value,
        };
    }

    private static HttpResponseMessage Results(IEnumerable<(long Id, DateTimeOffset At)> found) => FakeVendor.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. found.Select(c => (JsonNode)new JsonObject
        {
            ["id"] = $"{c.Id}",
            ["properties"] = new JsonObject { ["email"] = $"p{c.Id}@example.com", ["lastmodifieddate"] = c.At.ToString("O") },
            ["updatedAt"] = c.At.ToString("O"),
        })]),
    }.ToJsonString());
}
