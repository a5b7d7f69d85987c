using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>
/// Writes records of one type. A create looks for the person first, unless the vendor itself tells by an error rule that it has them already;
/// what it has is never overwritten by a create.
/// </summary>
internal sealed class DeclarativeWriter(DeclarativeApi api, DeclarativeReader reader, DeclarativeBatches batches, DeclarativeConsent consent, VendorSpec spec, ObjectSpec type)
{
    private readonly bool tellsExisting = spec.Errors.Any(rule => rule.Then == ErrorMeaning.Exists);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        var indexes = Enumerable.Range(0, writes.Count).ToArray();
        var failures = await SideBySideAsync(indexes, outcomes, (index, token) => FirstAsync(writes[index], token), cancellationToken);
        int[] creates = [.. indexes.Where(index => outcomes[index] is null)];
        foreach (var chunk in creates.Chunk(CreateOf.Batch))
            await CreateAsync(writes, chunk, outcomes, failures, cancellationToken);
        await SideBySideAsync([.. creates.Where(index => outcomes[index] is WriteOutcome.Stored)], outcomes, (index, token) => consent.AfterCreateAsync(writes[index], (WriteOutcome.Stored)outcomes[index], token), cancellationToken);
        // Nothing was carried out and nothing may have been: the caller learns the reason instead of a list of retries.
        return failures.Count == writes.Count && failures.All(failure => !failure.Uncertain) ? throw failures[0] : outcomes;
    }

    private WriteSpec CreateOf => type.Upsert ?? type.Create ?? new WriteSpec(RequestSpec.Nothing, 1);

    private bool IsBatched => CreateOf.Batch > 1;

    /// <summary>Updates, and creates of who is there already; null for what is still to be created.</summary>
    private async Task<WriteOutcome?> FirstAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        if (write.Target is not null)
            return await UpdateAsync(write, cancellationToken);
        if (type is { Upsert: null, Create: null })
            return new WriteOutcome.Refused("no-create", $"{spec.DisplayName} has no create of {type.Name}.");
        if (write.Uncertain || (type.Upsert is null && !tellsExisting))
            return await KnownAsync(write, cancellationToken);
        return null;
    }

    private async Task<WriteOutcome?> KnownAsync(RecordWrite write, CancellationToken cancellationToken) =>
        await reader.FindAsync(DeclarativeMapping.NamesOf(type, write, api.Names), cancellationToken) switch
        {
            [] => null,
            [var one] => new WriteOutcome.Existing(reader.RefOf(one)),
            var several => new WriteOutcome.Ambiguous([.. several.Select(reader.RefOf)]),
        };

    private async Task<WriteOutcome> UpdateAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var names = DeclarativeMapping.NamesOf(type, write, api.Names);
        WriteOutcome outcome = new WriteOutcome.Stored(reader.Ref(write.Target!), Created: false);
        if (DeclarativeMapping.Written(type, write).Any())
        {
            outcome = type.Update is { } update
                ? await OutcomeAsync(write, names, await api.SendAsync(update.Request, names, 1, cancellationToken), cancellationToken)
                : new WriteOutcome.Refused("no-update", $"{spec.DisplayName} has no update of {type.Name}.");
        }
        return outcome is WriteOutcome.Stored stored ? await consent.AfterUpdateAsync(write, stored, cancellationToken) : outcome;
    }

    private async Task CreateAsync(IReadOnlyList<RecordWrite> writes, int[] chunk, WriteOutcome[] outcomes, List<VendorUnavailableException> failures, CancellationToken cancellationToken)
    {
        if (!IsBatched)
        {
            failures.AddRange(await SideBySideAsync(chunk, outcomes, async (index, token) => await CreateAsync(writes[index], token), cancellationToken));
            return;
        }
        try
        {
            var results = await batches.SendAsync(CreateOf, [.. chunk.Select(index => writes[index])], cancellationToken);
            for (var i = 0; i < chunk.Length; i++)
                outcomes[chunk[i]] = results[i].Fault is { Meaning: ErrorMeaning.Exists } ? await ExistingAsync(writes[chunk[i]], cancellationToken) : results[i].Outcome!;
        }
        catch (VendorUnavailableException e) // this batch without an answer must not hide what became of the others
        {
            foreach (var index in chunk.Where(index => outcomes[index] is null))
            {
                failures.Add(e);
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        }
    }

    private async Task<WriteOutcome> CreateAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var names = DeclarativeMapping.NamesOf(type, write, api.Names);
        return await OutcomeAsync(write, names, await api.SendAsync(CreateOf.Request, names, 1, cancellationToken), cancellationToken);
    }

    private async Task<WriteOutcome> OutcomeAsync(RecordWrite write, Names names, VendorReply reply, CancellationToken cancellationToken)
    {
        if (reply.Fault is { Meaning: ErrorMeaning.Exists } fault)
            return write.Target is null ? await ExistingAsync(write, cancellationToken) : new WriteOutcome.Refused(fault.Code, fault.Message, fault.Field);
        if (reply.Fault is { } other)
            return write.Target is null && other.Meaning == ErrorMeaning.Gone ? new WriteOutcome.Refused(other.Code, other.Message) : other.Outcome();
        if (DeclarativeMapping.IdOf(type, reply.At(type.Item)) is not { } id)
            return write.Target is { } target ? new WriteOutcome.Stored(reader.Ref(target), Created: false) : new WriteOutcome.Retry("an answer without an id", Uncertain: true);
        // An id made of the address is another one when the address changes.
        if (write.Target is { } old && old != id)
            return new WriteOutcome.Moved(reader.Ref(id));
        return batches.Stored(reply.At(type.Item)!, write, isCreated: write.Target is null && (type.Upsert is null || reply.Status == 201));
    }

    private async Task<WriteOutcome> ExistingAsync(RecordWrite write, CancellationToken cancellationToken) =>
        await KnownAsync(write, cancellationToken) ?? new WriteOutcome.Retry("exists and is not found", TimeSpan.FromSeconds(30));

    /// <summary>The failures of those that got no answer, whose outcome is a retry.</summary>
    private static async Task<List<VendorUnavailableException>> SideBySideAsync(int[] indexes, WriteOutcome?[] outcomes, Func<int, CancellationToken, Task<WriteOutcome?>> write, CancellationToken cancellationToken)
    {
        var failures = new List<VendorUnavailableException>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeclarativeReader.SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(indexes, parallel, async (index, token) =>
        {
            try
            {
                outcomes[index] = await write(index, token);
            }
            catch (VendorUnavailableException e) // one record without an answer must not hide what became of the others
            {
                lock (failures)
                    failures.Add(e);
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        });
        return failures;
    }
}
