using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Consent;

/// <summary>
/// Takes what somebody says about purposes: into the ledger first, then onto the record, from which the sync path carries it to every
/// system. Safe to repeat; what a crash leaves undone in between, the next repetition or the daily check does.
/// </summary>
public sealed class RecordConsent(HubModel model, ConsentLedger ledger, RecordFinder finder, RecordStore records, FieldWrites writes, HubKeys keys, TimeProvider time)
{
    public async Task<ConsentAnswer> RecordAsync(ConsentSpeaker speaker, IReadOnlyCollection<ConsentStatement> statements, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (statements.Select(statement => ConsentRules.Problem(statement, model, now)).FirstOrDefault(problem => problem is not null) is { } reason)
            return new ConsentAnswer.Refused(reason);
        if (speaker is { Person: null, Browser: null } && EmailKey.From(speaker.Email) is null)
            return new ConsentAnswer.Refused("nobody is named");
        var events = statements.Select(statement => ConsentRules.Event(statement, model.Purposes)).ToArray();
        var person = await PersonAsync(speaker, cancellationToken);
        var added = 0;
        foreach (var subject in Subjects(speaker, person))
            added += await ledger.AppendAsync(subject, events, cancellationToken);
        if (person is { } id && await records.ReadAsync(id, cancellationToken) is { } stored)
            await writes.SendAsync(ConsentRules.Missing(stored.Record, events).Select(mark => ConsentRules.Write(id, mark)), cancellationToken);
        return new ConsentAnswer.Recorded(added);
    }

    /// <summary>An objection to direct marketing: there is nothing to weigh, so it is simply done.</summary>
    public Task<ConsentAnswer> ObjectAsync(ConsentSpeaker speaker, DateTimeOffset at, string? proof, CancellationToken cancellationToken) =>
        RecordAsync(speaker, ConsentRules.Objection(model.Purposes, at, proof), cancellationToken);

    /// <summary>"Do not sell or share", asked for by the person.</summary>
    public Task<ConsentAnswer> OptOutOfSaleAsync(ConsentSpeaker speaker, DateTimeOffset at, string? proof, CancellationToken cancellationToken) =>
        RecordAsync(speaker, ConsentRules.SaleOptOut(model.Purposes, ConsentBasis.SaleOptOut, at, proof), cancellationToken);

    /// <summary>
    /// A browser's Global Privacy Control: an opt-out for the browser and for whoever is known to use it. No signal is no statement, so it
    /// takes nothing back.
    /// </summary>
    /// <param name="header">The values of Sec-GPC as they came; null without one.</param>
    /// <returns>Null when there was no signal.</returns>
    public async Task<PrivacySignalReceipt?> SignalAsync(ConsentSpeaker speaker, string? header, DateTimeOffset at, CancellationToken cancellationToken) =>
        GlobalPrivacyControl.IsOptOut(header) && await RecordAsync(speaker, ConsentRules.SaleOptOut(model.Purposes, ConsentBasis.BrowserSignal, at, "Sec-GPC: 1"), cancellationToken) is ConsentAnswer.Recorded
            ? GlobalPrivacyControl.Receipt(at, speaker)
            : null;

    /// <summary>A browser's events belong to whoever turns out to use it.</summary>
    public async Task<ConsentAnswer> RecogniseAsync(string browser, RecordId person, CancellationToken cancellationToken)
    {
        var events = await ledger.OfAsync(ConsentSubject.OfBrowser(browser, keys), cancellationToken);
        var added = await ledger.AppendAsync(ConsentSubject.Of(person), events, cancellationToken);
        if (await records.ReadAsync(person, cancellationToken) is { } stored)
            await writes.SendAsync(ConsentRules.Missing(stored.Record, events).Select(mark => ConsentRules.Write(person, mark)), cancellationToken);
        return new ConsentAnswer.Recorded(added);
    }

    private async Task<RecordId?> PersonAsync(ConsentSpeaker speaker, CancellationToken cancellationToken) =>
        speaker.Person ?? (EmailKey.From(speaker.Email) is { } address ? await finder.FindAsync(address.Text, cancellationToken) : null);

    private IEnumerable<ConsentSubject> Subjects(ConsentSpeaker speaker, RecordId? person)
    {
        if (person is { } id)
            yield return ConsentSubject.Of(id);
        if (EmailKey.From(speaker.Email) is { } address)
            yield return ConsentSubject.Of(address, keys);
        if (speaker.Browser is { Length: > 0 } browser)
            yield return ConsentSubject.OfBrowser(browser, keys);
    }
}
