using System.CommandLine;
using System.Globalization;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Identity;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Tombstones;
using StackHub.Records;

namespace StackHub.Cli.Commands;

/// <summary>What ends: a restriction, and the keeping away of somebody who was erased and comes back by their own will.</summary>
internal static class PrivacyReturns
{
    public static Command Return(CommandRunner runner)
    {
        var emails = new Option<string[]>("--email") { Description = "An address that they named themselves now.", HelpName = "ADDRESS" };
        var phones = new Option<string[]>("--phone") { Description = "A phone number that they named themselves now.", HelpName = "NUMBER" };
        var basis = new Option<string>("--basis") { Description = "On what ground they may be kept again: consent, contract.", HelpName = "WORDS", Required = true };
        var source = new Option<string>("--source") { Description = "Where they said so, such as a form and its version.", HelpName = "WORDS", Required = true };
        var proof = new Option<string>("--proof") { Description = "Where it can be looked up; no personal data.", HelpName = "WORDS", Required = true };
        var at = new Option<string?>("--at") { Description = "When they said so, where that was before now: 2026-06-01T10:00Z.", HelpName = "TIME" };
        var name = PrivacyShared.As();
        return new HubCommand("return", "Somebody erased consented anew: what they name themselves now is let in again. What was erased stays erased. Exit code 1 when nothing stood in their way, or the consent is not newer than the erasure.",
            "stackhub privacy return --email ada@example.com --basis consent --source 'newsletter form v3' --proof 'entry 4711'")
            .With(emails, phones, basis, source, proof, at, name)
            .Runs(runner, (call, cancellationToken) => ReturnAsync(call, new() { Emails = call.Value(emails) ?? [], Phones = call.Value(phones) ?? [] }, (call.Value(basis), call.Value(source), call.Value(proof), call.Value(at)), PrivacyShared.By(call, name), cancellationToken));
    }

    public static Command Restriction(CommandRunner runner)
    {
        var record = new Argument<string>("RECORD") { Description = "The person's hub record, or system/type/id." };
        var told = new Option<string>("--told") { Description = "When the person was told that it will be lifted: 2026-03-02, or with a time. It has to be before now.", HelpName = "TIME", Required = true };
        var name = PrivacyShared.As();
        var lift = new HubCommand("lift", "End the restriction of a person's data. They have to be told before (Art. 18(3) GDPR).", "stackhub privacy restriction lift 01a2056be11c73deb2d0e74db2818caa --told 2026-03-02").With(record, told, name)
            .Runs(runner, (call, cancellationToken) => LiftAsync(call, call.Value(record), call.Value(told), PrivacyShared.By(call, name), cancellationToken));
        return new HubCommand("restriction", "Data that is kept and not used.").With(lift);
    }

    private static async Task<int> ReturnAsync(Invocation call, SubjectClaims who, (string Basis, string Source, string Proof, string? At) said, string by, CancellationToken cancellationToken)
    {
        if (said.At is not null && Moment(said.At) is null)
            return call.Screen.Fail($"--at '{said.At}' is no time such as 2026-06-01T10:00Z.", ExitCode.BadUsage);
        await using var hub = await call.WorkAsync(cancellationToken);
        if (who.Problems(hub.Model.PhoneRegion).ToArray() is { Length: > 0 } problems)
            return call.Screen.Fail(string.Join(Environment.NewLine, problems), ExitCode.BadUsage);
        var consent = new FreshConsent(said.At is null ? hub.Get<TimeProvider>().GetUtcNow() : Moment(said.At)!.Value, said.Basis, said.Source, said.Proof);
        return await hub.Get<LiftTombstone>().HandleAsync(who, consent, by, cancellationToken)
            ? Done.Say(call, "lifted", "They may come back by what was named. What was erased stays erased.")
            : call.Screen.Fail("Nothing was lifted: nobody is kept away by what was named, or the consent is not newer than the erasure, or that is not over.", ExitCode.Problems);
    }

    private static async Task<int> LiftAsync(Invocation call, string record, string told, string by, CancellationToken cancellationToken)
    {
        if (Moment(told) is not { } toldAt)
            return call.Screen.Fail($"--told '{told}' is no day or time such as 2026-03-02.", ExitCode.BadUsage);
        await using var hub = await call.WorkAsync(cancellationToken);
        if (await PersonAsync(hub, record, cancellationToken) is not { } person)
            throw new NotFoundException($"There is no person '{record}'. 'stackhub records search' finds them.");
        return await hub.Get<LiftRestriction>().HandleAsync(person, toldAt, by, cancellationToken)
            ? Done.Say(call, person.ToString(), "Lifted: their data is synced and used again.")
            : call.Screen.Fail("Nothing was lifted: the person has to be told before it is.", ExitCode.Problems);
    }

    private static async Task<RecordId?> PersonAsync(HubSession hub, string text, CancellationToken cancellationToken) =>
        await hub.Get<RecordFinder>().FindAsync(text, cancellationToken) is { } id && await hub.Get<RecordStore>().ReadAsync(id, cancellationToken) is { Record: { Kind: RecordKind.Person } record } ? record.Id : null;

    private static DateTimeOffset? Moment(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
