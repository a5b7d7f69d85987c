using System.Globalization;
using System.Text;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Consent;

/// <summary>
/// What was said, in the order it was said; a partition a subject. Rows are only inserted, under a name made of their content, so that the
/// same event told twice, by anybody, is one row.
/// </summary>
public sealed class ConsentLedger(HubModel model, ITableStore tables, HubKeys keys, TimeProvider time)
{
    /// <summary>How many of them are new.</summary>
    public async Task<int> AppendAsync(ConsentSubject subject, IEnumerable<ConsentEvent> events, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var said in events)
            if ((await tables.InsertAsync(Tables.Consents, ToRow(subject, said), cancellationToken)).Done)
                added++;
        return added;
    }

    public async Task<IReadOnlyList<ConsentEvent>> OfAsync(ConsentSubject subject, CancellationToken cancellationToken)
    {
        var events = new List<ConsentEvent>();
        await foreach (var row in tables.RowsAsync(Tables.Consents, TableRange.In(subject.Key), cancellationToken))
            events.Add(Of(row));
        return events;
    }

    /// <summary>Everything said of a person: under the record, those merged into it, and every address it has or had.</summary>
    public async Task<IReadOnlyList<ConsentEvent>> OfAsync(HubRecord record, CancellationToken cancellationToken)
    {
        var events = new List<ConsentEvent>();
        foreach (var subject in SubjectsOf(record))
            events.AddRange(await OfAsync(subject, cancellationToken));
        return [.. events.Distinct().OrderBy(said => said.At)];
    }

    /// <summary>Everybody of whom there are events, in a set that is asked for each record.</summary>
    public async Task<IReadOnlySet<ConsentSubject>> SubjectsAsync(CancellationToken cancellationToken)
    {
        var subjects = new HashSet<ConsentSubject>();
        await foreach (var row in tables.RowsAsync(Tables.Consents, TableRange.All, cancellationToken))
            subjects.Add(new(row.Partition));
        return subjects;
    }

    /// <summary>Proofs go, since they may name somebody; that something was said stays, under ids and keyed hashes. How many rows changed.</summary>
    public async Task<int> ForgetProofsAsync(ConsentSubject subject, CancellationToken cancellationToken)
    {
        var changed = 0;
        await foreach (var row in tables.RowsAsync(Tables.Consents, TableRange.In(subject.Key), cancellationToken))
            if (row.Bytes("Proof") is not null)
            {
                await tables.UpsertAsync(Tables.Consents, new(row.Partition, row.Row, row.Values.Where(value => value.Key != "Proof").ToDictionary()), cancellationToken);
                changed++;
            }
        return changed;
    }

    /// <summary>Under what a person may have spoken.</summary>
    public IEnumerable<ConsentSubject> SubjectsOf(HubRecord record)
    {
        var people = record.Absorbed.Prepend(record.Id).Select(ConsentSubject.Of);
        var emails = model.Fields[record.Kind].Values.Where(field => field.Type == Mapping.FieldType.Email).Select(field => field.Name).ToArray();
        var addresses = record.Links.SelectMany(link => emails.SelectMany(field => link.Cell(field).State.Authored)).Select(said => EmailKey.From(said.Value.Text)).OfType<EmailKey>();
        return people.Concat(addresses.Select(address => ConsentSubject.Of(address, keys))).Distinct();
    }

    private TableRow ToRow(ConsentSubject subject, ConsentEvent said)
    {
        var values = new Dictionary<string, object>
        {
            ["Purpose"] = said.Purpose,
            ["IsOptIn"] = said.IsOptIn,
            ["Basis"] = said.Basis.ToString(),
            ["Source"] = said.Source,
            ["At"] = said.At,
            ["RecordedAt"] = time.GetUtcNow(),
        };
        if (said.Channel is { } channel)
            values["Channel"] = channel;
        if (said.Proof is { } proof)
            values["Proof"] = keys.Seal(Encoding.UTF8.GetBytes(proof));
        return new(subject.Key, RowKey(said), values);
    }

    /// <summary>By time, then by everything else that was said.</summary>
    private string RowKey(ConsentEvent said) => said.At.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) + "-" + keys.Hash("consent",
        string.Join('\u001F', said.Purpose, said.IsOptIn ? "in" : "out", said.Basis.ToString(), said.Source, said.Channel, said.Proof));

    private ConsentEvent Of(TableRow row) => new(row.Text("Purpose")!, row.Value<bool>("IsOptIn")!.Value, Enum.Parse<ConsentBasis>(row.Text("Basis")!), row.Text("Source")!, row.Value<DateTimeOffset>("At")!.Value)
    {
        Channel = row.Text("Channel"),
        Proof = row.Bytes("Proof") is { } proof ? Encoding.UTF8.GetString(keys.Open(proof)) : null,
    };
}
