using System.Collections.Concurrent;
using StackHub.Connecting;
using Xunit;

namespace StackHub.Testing.Connecting;

/// <summary>What every connector that can erase promises, asked of the vendor's sandbox.</summary>
public abstract class ErasureContract : IAsyncLifetime
{
    private const string Address = "subject@example.com";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly ConcurrentQueue<string> calls = [];
    private readonly FakeTokens tokens = new();
    private VendorUnderTest vendor = null!;
    private IConnector connector = null!;

    protected abstract Task<VendorUnderTest> StartAsync();

    /// <summary>How the vendor under test is proven to be done.</summary>
    protected virtual ErasureEvidence Evidence => ErasureEvidence.Absence;

    public async ValueTask InitializeAsync()
    {
        vendor = await StartAsync();
        connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, (operation, _) => calls.Enqueue(operation));
    }

    public async ValueTask DisposeAsync()
    {
        (connector as IDisposable)?.Dispose();
        await vendor.DisposeAsync();
        tokens.Dispose();
        GC.SuppressFinalize(this);
    }

    private IErasure Erasure => (IErasure)connector;

    [Fact]
    public async Task A_person_is_asked_for_by_id_then_gone_and_then_nobody_and_the_others_stay()
    {
        var (subject, other) = (Seed(Address), Seed("other@example.com"));
        var before = vendor.Count(vendor.ObjectType);

        var accepted = Assert.IsType<ErasureOutcome.Accepted>(await Erasure.EraseAsync(By(subject), default));
        var confirmed = await ConfirmAsync(accepted);

        Assert.DoesNotContain(Address, accepted.Ticket, StringComparison.OrdinalIgnoreCase);
        Assert.True(accepted.After > TimeSpan.Zero);
        Assert.Equal(new ErasureOutcome.Confirmed(Evidence, 1), confirmed);
        Assert.IsType<ErasureOutcome.NotFound>(await Erasure.EraseAsync(By(subject), default));
        Assert.IsType<Change.Seen>((await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], [other], default))[0]);
        Assert.Equal(before - 1, vendor.Count(vendor.ObjectType));
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public void What_will_be_sent_is_said_by_id_and_nothing_is_sent_by_saying_it()
    {
        if (connector is not IErasurePreview preview)
            return; // a declared connector says it in its file
        var subject = Seed(Address);
        calls.Clear();

        var requests = preview.PreviewErasure(By(subject));

        Assert.Contains(requests, request => $"{request} {request.Body}".Contains(subject, StringComparison.Ordinal));
        Assert.DoesNotContain(requests, request => $"{request} {request.Body}".Contains(Address, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(preview.PreviewErasure(new(vendor.ObjectType) { Email = Address }));
        Assert.Empty(calls);
    }

    [Fact]
    public async Task Asked_for_again_while_it_is_under_way_it_is_one_erasure()
    {
        var subject = Seed(Address);

        var first = await Erasure.EraseAsync(By(subject), default);
        var second = await Erasure.EraseAsync(By(subject), default);

        Assert.True(second is ErasureOutcome.Accepted or ErasureOutcome.NotFound, $"{second}");
        Assert.IsType<ErasureOutcome.Confirmed>(await ConfirmAsync(first));
        Assert.Empty(vendor.Violations);
    }

    /// <summary>An address that a vendor does not know can be a stranger's, mistyped: some vendors put it on a block list for ever.</summary>
    [Fact]
    public async Task Nobody_is_found_and_nothing_is_written()
    {
        var gone = Seed(Address);
        vendor.Delete(vendor.ObjectType, gone);
        await Erasure.EraseAsync(By(gone), default);
        calls.Clear();

        Assert.IsType<ErasureOutcome.NotFound>(await Erasure.EraseAsync(new(vendor.ObjectType) { Email = "typo@example.com" }, default));

        Assert.DoesNotContain(calls, call => call.Contains("elete", StringComparison.Ordinal) || call.Contains("rase", StringComparison.Ordinal) && !call.EndsWith("find", StringComparison.Ordinal) && !call.EndsWith("read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_asked_for_again_and_ends_the_same()
    {
        var subject = Seed(Address);
        await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], [subject], default); // signed in

        ErasureOutcome? outcome = null;
        for (var times = 0; outcome is null or ErasureOutcome.Requested && times < 5; times++)
        {
            if (times == 0)
                vendor.LoseNextAnswer();
            try
            {
                outcome = await Erasure.EraseAsync(By(subject), default);
            }
            catch (VendorUnavailableException e) when (!e.Uncertain)
            {
                outcome = null; // a read was lost, and nothing was asked for
            }
        }

        Assert.True(outcome is ErasureOutcome.NotFound || await ConfirmAsync(outcome!) is ErasureOutcome.Confirmed, $"{outcome}");
        Assert.IsNotType<Change.Seen>((await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], [subject], default))[0]);
    }

    [Fact]
    public async Task Several_are_asked_for_at_once_and_each_has_its_own_outcome_in_order()
    {
        if (connector is not IBatchErasure batches)
            return; // it takes them one by one
        var (first, gone, last, other) = (Seed(Address), Seed("gone@example.com"), Seed("last@example.com"), Seed("other@example.com"));
        await ConfirmAsync(await Erasure.EraseAsync(By(gone), default));
        var before = vendor.Count(vendor.ObjectType);

        var asked = await batches.EraseAllAsync([By(first), By(gone), By(last), By(first)], default);
        var confirmed = await Task.WhenAll(asked.Select(ConfirmAsync));

        Assert.Equal([typeof(ErasureOutcome.Accepted), typeof(ErasureOutcome.NotFound), typeof(ErasureOutcome.Accepted), typeof(ErasureOutcome.Accepted)], asked.Select(outcome => outcome.GetType()));
        Assert.Equal([new ErasureOutcome.Confirmed(Evidence, 1), new ErasureOutcome.NotFound(), new ErasureOutcome.Confirmed(Evidence, 1), new ErasureOutcome.Confirmed(Evidence, 1)], confirmed);
        ErasureRequest[] tickets = [.. asked.OfType<ErasureOutcome.Accepted>().Select(accepted => new ErasureRequest(vendor.ObjectType) { Ticket = accepted.Ticket })];
        Assert.All(await batches.EraseAllAsync(tickets, default), outcome => Assert.Equal(new ErasureOutcome.Confirmed(Evidence, 1), outcome));
        Assert.IsType<Change.Seen>((await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], [other], default))[0]);
        Assert.Equal(before - 2, vendor.Count(vendor.ObjectType));
        Assert.True(batches.MostErasures(vendor.ObjectType) > 1);
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public async Task When_an_answer_of_several_got_lost_each_is_asked_for_again_and_ends_the_same()
    {
        if (connector is not IBatchErasure batches)
            return;
        string[] subjects = [.. Enumerable.Range(0, 3).Select(number => Seed($"subject{number}@example.com"))];
        await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], subjects, default); // signed in

        IReadOnlyList<ErasureOutcome>? outcomes = null;
        vendor.LoseNextAnswer();
        for (var times = 0; times < 5 && (outcomes is null || outcomes.Any(outcome => outcome is ErasureOutcome.Requested)); times++)
        {
            try
            {
                outcomes = await batches.EraseAllAsync([.. subjects.Select(By)], default);
            }
            catch (VendorUnavailableException e) when (!e.Uncertain)
            {
                outcomes = null; // a read was lost, and nothing was asked for
            }
        }

        Assert.All(await Task.WhenAll(outcomes!.Select(ConfirmAsync)), outcome => Assert.True(outcome is ErasureOutcome.NotFound or ErasureOutcome.Confirmed, $"{outcome}"));
        Assert.All(await connector.ReadAsync(vendor.ObjectType, [vendor.EmailField], subjects, default), change => Assert.IsNotType<Change.Seen>(change));
    }

    [Fact]
    public async Task A_ticket_of_somebody_else_is_a_mistake() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Erasure.EraseAsync(new(vendor.ObjectType) { Ticket = "" }, default));

    private string Seed(string email) => vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = email, [vendor.TextField] = "Subject" });

    private ErasureRequest By(string id) => new(vendor.ObjectType) { Id = id };

    private async Task<ErasureOutcome> ConfirmAsync(ErasureOutcome outcome)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (outcome is ErasureOutcome.Accepted accepted && TimeProvider.System.GetElapsedTime(start) < Longest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            outcome = await Erasure.EraseAsync(new(vendor.ObjectType) { Ticket = accepted.Ticket }, default);
        }

        return outcome;
    }
}
