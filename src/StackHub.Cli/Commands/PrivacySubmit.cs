using System.CommandLine;
using System.Security.Cryptography;
using StackHub.Cli.CommandLine;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Records;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>Files a request as an officer.</summary>
internal static class PrivacySubmit
{
    public static Command Make(CommandRunner runner)
    {
        var kinds = new Option<string[]>("--kind", "-k") { Description = "What is asked for; several times for several.", HelpName = "KIND", Required = true, AllowMultipleArgumentsPerToken = true };
        kinds.AcceptOnlyFromAmong([.. PrivacyRequestKinds.All.Select(PrivacyRequestKinds.Of)]);
        var emails = new Option<string[]>("--email") { Description = "An address of the person.", HelpName = "ADDRESS" };
        var phones = new Option<string[]>("--phone") { Description = "A phone number of the person, with its country code.", HelpName = "NUMBER" };
        var records = new Option<string[]>("--record") { Description = "A hub record of the person.", HelpName = "ID" };
        var place = new Option<string?>("--place") { Description = "Country or state they live in, such as DE or US-CA; the laws follow from it.", HelpName = "PLACE" };
        var laws = new Option<string[]>("--law") { Description = "A law and place instead, such as eu-gdpr/DE.", HelpName = "LAW" };
        var received = new Option<string?>("--received") { Description = "When it came in, where that was before now: 2026-03-02.", HelpName = "DAY" };
        var verified = new Option<string?>("--verified") { Description = "How the person was verified, where somebody did; no personal data.", HelpName = "WORDS" };
        var key = new Option<string?>("--key") { Description = "The same for the same submission, so that it is not filed twice.", HelpName = "KEY" };
        var name = PrivacyShared.As();
        return new HubCommand("submit", "File a request; several kinds become several requests of one group.", "stackhub privacy submit --kind erasure --email ada@example.com --place DE --verified 'by phone, ticket 4711'", "stackhub privacy submit -k erasure -k opt-out-of-sale --email ada@example.com --law us-ca-ccpa/US-CA --received 2026-07-01")
            .With(kinds, emails, phones, records, place, laws, received, verified, key, name)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, new(
                call.Value(kinds), call.Value(emails), call.Value(phones), call.Value(records), [], [], call.Value(laws), call.Value(place), PrivacyShared.Day(call.Value(received), "--received"), call.Value(verified), null), call.Value(key), PrivacyShared.By(call, name), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, SubmitBody body, string? key, string by, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        var book = hub.Get<LawBook>();
        if (body.Place is { } place && book.Holidays.Find(place) is null)
            return call.Screen.Fail($"There is no calendar for '{place}'. 'stackhub privacy laws' lists countries and states.", ExitCode.BadUsage);
        if (body.Records!.FirstOrDefault(record => RecordId.TryParse(record) is null) is { } wrong)
            return call.Screen.Fail($"'{wrong}' is no record's id: 32 hexadecimal digits.", ExitCode.BadUsage);
        PrivacyRequestKind[] kinds = [.. body.Kinds!.Select(PrivacyRequestKinds.Parse).OfType<PrivacyRequestKind>().Distinct()];
        string[] under = body.Laws is { Count: > 0 } named ? [.. named] : [.. kinds.SelectMany(kind => book.ApplyingIn(body.Place ?? "", kind)).Select(law => law.ToString()).Distinct()];
        var subject = new SubjectClaims { Emails = body.Emails!, Phones = body.Phones!, Records = [.. body.Records!.Select(RecordId.TryParse).OfType<RecordId>()] };
        var command = new SubmitCommand(kinds, subject, by, key ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))) { Laws = under, ReceivedAt = body.ReceivedAt, VerifiedBecause = body.VerifiedBecause };
        var answer = await hub.Get<FileRequest>().HandleAsync(command, null, cancellationToken);
        if (answer is not SubmitAnswer.Taken taken)
            return call.Screen.Fail(string.Join(Environment.NewLine, ((SubmitAnswer.Invalid)answer).Problems), ExitCode.BadUsage);
        if (call.Screen.Json)
            call.Screen.Result(new SubmittedView([.. taken.Requests.Select(id => id.ToString())]));
        foreach (var (id, kind) in taken.Requests.Zip(kinds))
            call.Screen.Say($"{PrivacyRequestKinds.Of(kind)}: {id}");
        call.Screen.Say(under.Length == 0 ? "No law was named, so no date is kept: name one with --place or --law." : "'stackhub privacy show ID' tells its dates and what to do next.");
        return ExitCode.Fine;
    }
}
