using System.CommandLine;
using System.Globalization;
using StackHub.Cli.CommandLine;
using StackHub.Privacy;
using StackHub.Privacy.Holds;

namespace StackHub.Cli.Commands;

/// <summary>One record that is kept by right, while the others go.</summary>
internal static class PrivacyExempt
{
    private const string DayForm = "yyyy-MM-dd";

    public static Command Make(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        var item = new Option<string>("--item") { Description = "The record in its tool, as 'privacy plan' names it.", HelpName = "SYSTEM/TYPE/ID", Required = true };
        var ground = new Option<string>("--ground") { Description = "The law's words for keeping it; no personal data, since the person and the evidence are told.", HelpName = "WORDS", Required = true };
        var until = new Option<string>("--until") { Description = "The day on which the right to keep it ends: 2033-12-31.", HelpName = "DAY", Required = true };
        var name = PrivacyShared.As();
        return new HubCommand("exempt", "Keep one record by right until a day; the person's other records go.", "stackhub privacy exempt ID --item salesforce/Contact/003xx --ground 'Art. 17(3)(b): invoices, HGB 257' --until 2033-12-31")
            .With(id, item, ground, until, name)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(id), call.Value(item), call.Value(ground), call.Value(until), PrivacyShared.By(call, name), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string id, string item, string ground, string until, string by, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(until, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return call.Screen.Fail($"--until '{until}' is no day such as 2033-12-31.", ExitCode.BadUsage);
        if (string.IsNullOrWhiteSpace(ground))
            return call.Screen.Fail("--ground is empty: write the law's words for keeping the record.", ExitCode.BadUsage);
        await using var hub = await call.WorkAsync(cancellationToken);
        if (await hub.Get<PrivacyStore>().FindAsync(PrivacyShared.Parse(id), cancellationToken) is not { } request)
            throw PrivacyShared.Unknown(id);
        if (!request.State.IsOpen())
            return call.Screen.Fail($"The request is {PrivacyShared.Words(request.State)}: nothing of it can be kept back any more.", ExitCode.Problems);
        if (request.Plan is not { } plan)
            return call.Screen.Fail("The request has no plan yet: 'stackhub privacy plan ID' makes it, and names its records.", ExitCode.Problems);
        if (plan.Items.FirstOrDefault(one => one.Ref.ToString() == item) is not { } kept)
            throw new NotFoundException($"The request's plan has no record '{item}'. It has: {string.Join(", ", plan.Items.Select(one => one.Ref.ToString()).DefaultIfEmpty("none"))}.");
        return await hub.Get<LegalHolds>().ExemptAsync(request.Id, kept.Ref, ground, new(day, TimeOnly.MinValue, TimeSpan.Zero), by, cancellationToken)
            ? Done.Say(call, id, $"{item} is kept until {until}. The others go.")
            : call.Screen.Fail($"--until {until} is not in the future: the right to keep a record ends some day, and has not ended yet.", ExitCode.BadUsage);
    }
}
