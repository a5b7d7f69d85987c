using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sync.DeadLetters;

namespace StackHub.EndToEnd.Tests;

public sealed class HostileValueTests
{
    private static readonly string[] Values =
    [
        "O'Brien \"the\" \\ backslash",
        "' OR Id != null OR Name = '",
        "x'); DELETE FROM Contact; --",
        "one\r\nX-Injected: two\r\n\r\nthree",
        "\u202Eevil\u202C محمد",
        "🚀👩‍👩‍👧‍👦",
        "null\0byte",
        "{\"json\": [1, null]} <xml a='b'>&amp;</xml>",
        "${jndi:ldap://127.0.0.1} {0} %s %00 ../../etc/passwd",
        new('x', 10_000),
    ];

    [Theory]
    [InlineData("salesforce")]
    [InlineData("hubspot")]
    [InlineData("intercom")]
    [InlineData("marketo")]
    [InlineData("klaviyo")]
    [InlineData("zendesk")]
    public async Task Hostile_values_change_nothing_but_their_own_field_and_what_is_refused_is_kept(string system)
    {
        await using var stage = await Stage.StartAsync(new() { People = 90 });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var people = await stage.EverywhereAsync();
        Assert.True(people.Count > Values.Length, $"Only {people.Count} people are everywhere.");

        var accepted = Values.Where((value, index) => IsAccepted(() => stage.EditTitle(system, people[index], value))).ToArray();
        stage.EditTitle(system, people[Values.Length], "Harmless");
        await stage.PollLateAsync();

        Assert.True(accepted.Length >= 5, $"{system} accepted only {accepted.Length} values.");
        stage.AssertTitle(people[Values.Length], "Harmless");
        await AssertRefusalsAreKeptAsync(stage);
        await stage.ConvergedAsync();
    }

    private static async Task AssertRefusalsAreKeptAsync(Stage stage)
    {
        var (letters, _) = await stage.Hub.Get<DeadLetterStore>().ListAsync(null, 1_000, Stage.Token);
        Assert.DoesNotContain(letters, letter => letter.Queue is not null);
        foreach (var record in await stage.RecordsAsync())
            foreach (var (link, field) in record.Links.SelectMany(link => link.Refusals.Keys.Select(field => (link, field))))
                Assert.Contains(letters, letter => letter.Record == record.Id && letter.System == link.Ref.System && (letter.Field ?? "*") == field);
    }

    /// <summary>The sandbox refuses an edit as the vendor's own page would.</summary>
    private static bool IsAccepted(Action edit)
    {
        try
        {
            edit();
            return true;
        }
        catch (Exception e) when (e.GetType().Namespace?.StartsWith("StackHub.Sandbox", StringComparison.Ordinal) == true)
        {
            return false;
        }
    }
}
