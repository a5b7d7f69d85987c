using System.Text;
using System.Text.Json;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.DeadLetters;
using StackHub.Webhooks;

namespace StackHub.Sync.Erasing;

/// <summary>Letters about a person's records, and messages that failed and carry something of them: those are opened to look.</summary>
public sealed class DeadLetterCopies(DeadLetterStore letters, WebhookIntake intake) : ISubjectStore
{
    private const int Page = 200;

    public string Name => "dead letters";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var found = new List<DeadLetter>();
        string? next = null;
        do
        {
            (var page, next) = await letters.ListAsync(next, Page, cancellationToken);
            foreach (var letter in page)
                if ((letter.Record is { } record && subject.Records.Contains(record)) || await CarriesAsync(letter, subject, cancellationToken))
                    found.Add(letter);
        }
        while (next is not null);
        foreach (var letter in found)
            await RemoveAsync(letter, cancellationToken);
        return found.Count;
    }

    private async Task<bool> CarriesAsync(DeadLetter letter, ErasedSubject subject, CancellationToken cancellationToken)
    {
        if (Message(letter) is not { } message || await intake.OpenAsync(message, cancellationToken) is not { } body)
            return false;
        var text = Encoding.UTF8.GetString(body);
        return subject.Keys.Any(key => text.Contains(key.Text, StringComparison.OrdinalIgnoreCase))
            || subject.Links.Any(link => link.System.Name == message.System && text.Contains(link.Id, StringComparison.Ordinal))
            || subject.Records.Any(record => text.Contains(record.ToString(), StringComparison.Ordinal));
    }

    private async Task RemoveAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (Message(letter) is { } message)
            await intake.CloseAsync(message, cancellationToken);
        await letters.RemoveAsync(letter.Id, cancellationToken);
    }

    private static InboundMessage? Message(DeadLetter letter) =>
        letter is { Queue: Queues.Inbound, Body: { } body } ? JsonSerializer.Deserialize(body, InboundJson.Default.InboundMessage) : null;
}
