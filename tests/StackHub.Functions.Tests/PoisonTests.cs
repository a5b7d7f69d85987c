using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Functions.Tests.Staging;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync.DeadLetters;
using StackHub.Testing.Azurite;
using StackHub.Webhooks;

namespace StackHub.Functions.Tests;

public sealed class PoisonTests(AzuriteServer azurite)
{
    private const string Canary = "canary@person.example";

    [Fact]
    public async Task A_message_that_fails_five_times_becomes_a_dead_letter_that_can_be_replayed()
    {
        await using var stage = await CloudStage.StartAsync(azurite, people: 1);
        var host = await stage.StartHostAsync();
        var body = SealedWithAnotherKey();

        await stage.Queue.SendAsync(Queues.Inbound, body, TimeSpan.Zero, CloudStage.Token);
        var letter = await LetterAsync(stage);

        Assert.Equal((Queues.Inbound, body, "poison-message"), (letter.Queue, letter.Body, letter.Code));
        Assert.Equal(Queues.MaxDequeueCount, host.Log.Lines.Count(line => line.StartsWith("inbound failed", StringComparison.Ordinal)));
        await stage.UntilAsync("the poison queue to be empty", async () => await stage.Queue.CountAsync(Queues.Poison(Queues.Inbound), CloudStage.Token) == 0);

        await stage.PostAsync($"api/dead-letters/{letter.Id}/replay", null);
        await stage.UntilAsync("the next try", () => Task.FromResult(host.Log.Lines.Count(line => line.StartsWith("inbound failed", StringComparison.Ordinal)) > Queues.MaxDequeueCount));
    }

    [Fact]
    public async Task Nothing_of_a_person_is_in_what_is_set_aside_or_logged()
    {
        await using var stage = await CloudStage.StartAsync(azurite, people: 1);
        var host = await stage.StartHostAsync();

        await stage.Queue.SendAsync(Queues.Inbound, SealedWithAnotherKey(), TimeSpan.Zero, CloudStage.Token);
        var letter = await LetterAsync(stage);

        Assert.DoesNotContain(Canary, letter.ToString(), StringComparison.Ordinal);
        Assert.All([.. host.Log.Lines, .. host.Log.Output, .. host.Log.Errors], line => Assert.DoesNotContain(Canary, line, StringComparison.Ordinal));
        Assert.All(host.Log.Output, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Empty(host.Log.Errors);
    }

    private static string SealedWithAnotherKey()
    {
        var payload = new HubKeys(RandomNumberGenerator.GetBytes(32)).Seal(Encoding.UTF8.GetBytes(Canary));
        return JsonSerializer.Serialize(new InboundMessage("hubspot", payload, null, 0, null), JsonSerializerOptions.Web);
    }

    private static async Task<DeadLetter> LetterAsync(CloudStage stage)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await stage.UntilAsync("the dead letter", async () => (letters = (await stage.Get<DeadLetterStore>().ListAsync(null, 10, CloudStage.Token)).Letters).Count > 0);
        return Assert.Single(letters);
    }
}
