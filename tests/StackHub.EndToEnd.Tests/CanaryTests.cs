using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Testing.Telemetry;

namespace StackHub.EndToEnd.Tests;

public sealed class CanaryTests
{
    private const string First = "Qanarienne";
    private const string Last = "Vogelzwitscher";
    private const string Address = "qanarienne.v@canarycage.example";
    private const string Phone = "+14155557391";
    private static readonly string[] Signs = [First, Last, "qanarienne.v", "canarycage", "4155557391", "555-7391", "5557391"];

    [Fact]
    public async Task S54_A_persons_data_is_in_no_log_line_no_trace_no_metric_no_queue_no_dead_letter_and_no_conflict()
    {
        var bodies = new ConcurrentQueue<string>();
        using var heard = new Overheard();
        await using var stage = await Stage.StartAsync(new() { People = 30, Services = services => TappedQueue.Into(services, bodies) });
        Create(stage.Sandbox, stage.Sandbox.Salesforce, Last);
        await stage.OnboardAsync();
        await stage.SyncAsync();

        await LiveAsync(stage);
        await FailAsync(stage);
        await stage.NoteBeforeAsync(); // the second contact in HubSpot was made by a person
        await stage.ConvergedAsync();

        Assert.NotEmpty(bodies);
        Assert.NotEmpty(stage.Log.Lines);
        Assert.Contains(heard.Spans, span => span.OperationName == "write");
        Assert.All(Signs, sign => Assert.DoesNotContain(heard.Texts, text => Shows(text, sign)));
        Assert.All(Signs, sign => Assert.DoesNotContain(stage.Log.Lines, line => Shows(line, sign)));
        Assert.All(Signs, sign => Assert.DoesNotContain(bodies.Concat(Unsealed(bodies)), body => Shows(body, sign)));
        await AssertStoresAsync(stage);
    }

    /// <summary>Read, created, changed, told by webhook, matched with another record of the same person.</summary>
    private static async Task LiveAsync(Stage stage)
    {
        var person = await FindAsync(stage);
        stage.EditTitle("hubspot", person, $"Friend of {First} {Last}");
        stage.Edit("intercom", person, ("phone", "+14155557391"));
        Create(stage.Sandbox, stage.Sandbox.HubSpot, Last, "second");
        await stage.QuietAsync();
        stage.Edit("salesforce", await FindAsync(stage), ("Email", $"new.{Address}"));
        // Another person under the same address: a conflict.
        Create(stage.Sandbox, stage.Sandbox.Salesforce, "Someoneelse", name: "Xaver");
        await stage.QuietAsync();
    }

    /// <summary>Refused by the vendor, failing at the vendor, and forged.</summary>
    private static async Task FailAsync(Stage stage)
    {
        var person = await FindAsync(stage);
        foreach (var vendor in stage.Sandbox.Vendors)
            (vendor.Faults.ServerErrors, vendor.Faults.DropAfter) = (0.3, 0.2);
        stage.Edit("hubspot", person, ("jobtitle", $"{First}\0{Last} {Address} {Phone}"), ("city", new string('x', 5_000) + Last), ("phone", $"call {First} on {Phone}"));
        using var http = new HttpClient { BaseAddress = stage.Address };
        foreach (var path in (string[])["hooks/hubspot", "hooks/intercom", $"hooks/{Last}", $"hooks/salesforce/{Last}", $"api/records/{Address}"])
        {
            using var content = new StringContent($"[{{\"{First}\": \"{Address}\" {Phone}", MediaTypeHeaderValue.Parse("application/json"));
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, Stage.Token);
            Assert.False(answer.IsSuccessStatusCode);
            var text = await answer.Content.ReadAsStringAsync(Stage.Token);
            Assert.All(Signs, sign => Assert.False(Shows(text, sign), $"{path} repeats what was sent."));
        }
        await stage.QuietAsync();
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Faults.Clear();
    }

    private static async Task AssertStoresAsync(Stage stage)
    {
        var (letters, _) = await stage.Hub.Get<DeadLetterStore>().ListAsync(null, 1_000, Stage.Token);
        var (conflicts, _) = await stage.Hub.Get<ConflictStore>().ListAsync(null, 1_000, Stage.Token);
        var poison = new List<string>();
        foreach (var queue in Queues.All.Concat(Queues.All.Select(Queues.Poison)))
            poison.AddRange((await stage.Hub.Get<IMessageQueue>().PeekAsync(queue, 32, Stage.Token)).Select(message => message.Body));
        Assert.Contains(conflicts, conflict => conflict.Kind is ConflictKind.Contested or ConflictKind.PossibleDuplicate);
        string[] texts = [.. letters.Select(letter => $"{letter.Code} {letter.Message} {letter.Body}"), .. conflicts.Select(conflict => $"{conflict} {conflict.Detail}"), .. poison, .. Unsealed(poison)];
        Assert.All(Signs, sign => Assert.DoesNotContain(texts, text => Shows(text, sign)));
    }

    private static void Create(SandboxServer sandbox, VendorSandbox vendor, string last, string prefix = "", string name = First)
    {
        var address = $"{prefix}{Address}";
        _ = vendor == sandbox.Salesforce
            ? vendor.Edit(new("create", "Contact") { Fields = new Dictionary<string, string?> { ["FirstName"] = name, ["LastName"] = last, ["Email"] = address, ["Phone"] = Phone } })
            : vendor.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["firstname"] = name, ["lastname"] = last, ["email"] = address, ["phone"] = Phone } });
    }

    private static async Task<HubRecord> FindAsync(Stage stage)
    {
        var people = (await stage.RecordsAsync()).Where(record => record is { Kind: RecordKind.Person, MergedInto: null } && stage.CanonicalText(record, "lastName") == Last);
        return people.First(record => stage.Model.Order.All(system => record.ActiveIn(system).Any()));
    }

    private static bool Shows(string text, string sign) => text.Contains(sign, StringComparison.OrdinalIgnoreCase);

    /// <summary>A payload that was only encoded, and not sealed, would show here.</summary>
    private static IEnumerable<string> Unsealed(IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("sealed", out var text) && text.GetString() is { } encoded)
                yield return Encoding.Latin1.GetString(Convert.FromBase64String(encoded));
        }
    }
}
