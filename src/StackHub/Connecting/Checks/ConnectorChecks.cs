namespace StackHub.Connecting.Checks;

/// <summary>
/// The part of the connector contract that can be asked of any account, with nothing but the connector: the command 'connectors test' and
/// the contract's suite both run it. It writes people at example.com, and leaves some of them there.
/// </summary>
public static class ConnectorChecks
{
    private const string Hostile = "O'Brien \"the\" \\ <b>&amp;{{x}}%0A 😀 李";

    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("the account is set up", SetUpAsync),
        new("a preview sends nothing", PreviewAsync),
        new("the same new record written twice is one", TwiceAsync),
        new("an address the system has is not made again", KnownAsync),
        new("a bad record fails alone", BadAsync),
        new("hostile values come back as they were", HostileAsync),
        new("a field can be cleared", ClearAsync),
        new("a scan reads every record once", ScanAsync),
        new("the feed tells a change", FeedAsync),
        new("a deleted record is gone", DeleteAsync) { AppliesTo = subject => subject.Info.CanDelete },
        new("an erasure is confirmed", EraseAsync) { AppliesTo = subject => subject.Connector is IErasure },
        new("a malformed webhook is refused", WebhookAsync) { AppliesTo = subject => subject.Connector.Webhooks is not null },
        new("a cancelled call stops", CancelAsync),
    ];

    private static async Task SetUpAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var problems = await subject.Connector.CheckAsync(cancellationToken);
        Require(problems.Count == 0, string.Join(" ", problems));
    }

    private static Task PreviewAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var before = subject.CallsSent();
        Require(subject.Connector.Preview(subject.ObjectType, [subject.New(subject.NewAddress(), "Plan")]).Count > 0, "It shows no request.");
        Require(subject.CallsSent() == before, "It sent a request.");
        return Task.CompletedTask;
    }

    private static async Task TwiceAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var write = subject.New(subject.NewAddress(), "Twice");
        var (first, second) = (await subject.WriteAsync(write, cancellationToken), await subject.WriteAsync(write, cancellationToken));
        Require(first is WriteOutcome.Stored { Created: true }, $"The first write answered {CheckSubject.Told(first)}.");
        Require(CheckSubject.IdOf(first) == CheckSubject.IdOf(second), $"The second write answered {CheckSubject.Told(second)}, and not the first one's record.");
    }

    private static async Task KnownAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var email = subject.NewAddress();
        var first = await subject.WriteAsync(subject.New(email, "Known"), cancellationToken);
        var second = await subject.WriteAsync(subject.New(email, "Known"), cancellationToken);
        Require(CheckSubject.IdOf(first) is { } id && id == CheckSubject.IdOf(second), $"The second create answered {CheckSubject.Told(second)}, and not the record that was there.");
    }

    private static async Task BadAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        RecordWrite[] writes = [subject.New(subject.NewAddress(), "One"), subject.New("not an address", "Two"), subject.New(subject.NewAddress(), "Three")];
        var outcomes = new List<WriteOutcome>();
        foreach (var batch in writes.Chunk(subject.Info.WriteBatch))
            outcomes.AddRange(await subject.Connector.WriteAsync(subject.ObjectType, batch, cancellationToken));
        Require(outcomes[1] is WriteOutcome.Refused, $"The bad address answered {CheckSubject.Told(outcomes[1])}.");
        Require(outcomes[0] is WriteOutcome.Stored && outcomes[2] is WriteOutcome.Stored, $"The others answered {CheckSubject.Told(outcomes[0])} and {CheckSubject.Told(outcomes[2])}.");
    }

    private static async Task HostileAsync(CheckSubject subject, CancellationToken cancellationToken) =>
        Require(await subject.TextAsync(await subject.CreateAsync(Hostile, cancellationToken), cancellationToken) == Hostile, "It came back as something else.");

    private static async Task ClearAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var id = await subject.CreateAsync("Full", cancellationToken);
        await subject.WriteAsync(subject.Change(id, null), cancellationToken);
        Require(await subject.TextAsync(id, cancellationToken) is null, "It is still there.");
    }

    private static async Task ScanAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var id = await subject.CreateAsync("Scanned", cancellationToken);
        var ids = new List<string>();
        await foreach (var page in subject.Connector.ScanAsync(subject.ObjectType, [subject.EmailField], null, cancellationToken))
            ids.AddRange(page.Records.Select(record => record.Ref.Id));
        Require(ids.Contains(id), "A new record is not in it.");
        Require(ids.Count == ids.Distinct().Count(), "A record is in it twice.");
    }

    /// <summary>The feed may be late by as much as the connector says of itself.</summary>
    private static async Task FeedAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var id = await subject.CreateAsync("Before", cancellationToken);
        await subject.WriteAsync(subject.Change(id, "After"), cancellationToken);
        var end = TimeProvider.System.GetTimestamp();
        do
        {
            if (await IsToldAsync(subject, id, cancellationToken))
                return;
            await Task.Delay(subject.Info.TimePrecision, cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(end) < subject.Info.IndexLag);
        throw new CheckFailedException("A change of a moment ago is not in it.");
    }

    private static async Task<bool> IsToldAsync(CheckSubject subject, string id, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var isTold = false;
        await foreach (var page in subject.Connector.ChangesAsync(subject.ObjectType, [subject.TextField], FeedPosition.At(now.AddMinutes(-5)), now.AddMinutes(5), cancellationToken))
            isTold |= page.Changes.OfType<Change.Seen>().Any(seen => seen.Ref.Id == id && seen.Record.Fields.GetValueOrDefault(subject.TextField).Text == "After");
        return isTold;
    }

    private static async Task DeleteAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        var id = await subject.CreateAsync("Gone", cancellationToken);
        await subject.Connector.DeleteAsync(subject.ObjectType, [id], cancellationToken);
        var outcome = await subject.WriteAsync(subject.Change(id, "Again"), cancellationToken);
        Require(outcome is WriteOutcome.Gone, $"A write to it answered {CheckSubject.Told(outcome)}.");
    }

    private static async Task EraseAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        const int Times = 30;
        var (erasure, email) = ((IErasure)subject.Connector, subject.NewAddress());
        var id = CheckSubject.IdOf(await subject.WriteAsync(subject.New(email, "Erased"), cancellationToken));
        Require(id is not null, "There was nobody to erase.");
        var outcome = await erasure.EraseAsync(new(subject.ObjectType) { Id = id, Email = email }, cancellationToken);
        for (var times = 0; outcome is ErasureOutcome.Accepted accepted && times < Times; times++)
        {
            Require(!accepted.Ticket.Contains(email, StringComparison.OrdinalIgnoreCase), "The ticket holds the address.");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            outcome = await erasure.EraseAsync(new(subject.ObjectType) { Ticket = accepted.Ticket }, cancellationToken);
        }
        Require(outcome is ErasureOutcome.Confirmed, outcome is ErasureOutcome.Refused refused ? $"It was refused: {refused.Code}." : $"It is {outcome.GetType().Name.ToLowerInvariant()}.");
        Require(await erasure.EraseAsync(new(subject.ObjectType) { Id = id, Email = email }, cancellationToken) is ErasureOutcome.NotFound, "The person is found again.");
    }

    private static Task WebhookAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        foreach (var body in (string[])["", "not a webhook <or anything>", "{\"a\":", "[1,2]"])
            Require(IsRefused(subject.Connector.Webhooks!, body), $"'{body}' is taken for one.");
        return Task.CompletedTask;
    }

    private static bool IsRefused(IWebhookReceiver receiver, string body)
    {
        try
        {
            receiver.Parse(System.Text.Encoding.UTF8.GetBytes(body));
            return false;
        }
        catch (WebhookFormatException)
        {
            return true;
        }
    }

    private static async Task CancelAsync(CheckSubject subject, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await stop.CancelAsync();
        try
        {
            await subject.Connector.ReadAsync(subject.ObjectType, [subject.TextField], ["1"], stop.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        throw new CheckFailedException("It went on.");
    }

    private static void Require(bool isKept, string reason)
    {
        if (!isKept)
            throw new CheckFailedException(reason);
    }
}
