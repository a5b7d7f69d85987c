using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Privacy;
using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Cli.Commands;

/// <summary>A record that a request may be about. Its name is personal data.</summary>
/// <param name="Title">What people call it; null when it is not there any more.</param>
/// <param name="In">Where it is linked: system/type/id.</param>
public sealed record CandidateView(RecordId Id, string? Title, string? Hint, IReadOnlyList<string> In)
{
    public override string ToString() => $"candidate {Id}";
}

/// <summary>Whom a request is about, where what it names belongs to several records.</summary>
internal static class PrivacyChoose
{
    public static Command Make(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        var records = new Option<string[]>("--record") { Description = "A candidate that is this person's; several times for several.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var reason = new Option<string?>("--reason") { Description = "Why they are theirs; no personal data, since it goes into the evidence.", HelpName = "WORDS" };
        var name = PrivacyShared.As();
        var command = new HubCommand("choose", "Say which of the records that were found a request is about; without --record they are shown, with personal data. Nobody is deleted before.",
            "stackhub privacy choose ID", "stackhub privacy choose ID --record 01a2056be11c73deb2d0e74db2818caa --reason 'wrote from the address in this record, ticket 4711'")
            .With(id, records, reason, name)
            .Runs(runner, (call, cancellationToken) => call.Value(records) is { Length: > 0 } chosen
                ? ChooseAsync(call, call.Value(id), chosen, call.Value(reason)!, PrivacyShared.By(call, name), cancellationToken)
                : ShowAsync(call, call.Value(id), cancellationToken));
        command.Validators.Add(result =>
        {
            if (result.GetResult(records) is null != result.GetResult(reason) is null)
                result.AddError("--record and --reason belong together: give both, or none to see the candidates.");
        });
        return command;
    }

    private static async Task<int> ChooseAsync(Invocation call, string id, string[] records, string reason, string by, CancellationToken cancellationToken)
    {
        if (records.FirstOrDefault(record => RecordId.TryParse(record) is null) is { } wrong)
            return call.Screen.Fail($"'{wrong}' is no record's id: 32 hexadecimal digits.", ExitCode.BadUsage);
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.WorkAsync(cancellationToken);
        var answer = await hub.Get<RequestDesk>().ChooseAsync(request, [.. records.Select(RecordId.Parse)], by, reason, cancellationToken);
        return PrivacyShared.Said(call, request, answer, "Chosen. 'stackhub privacy plan ID' shows what will be done.");
    }

    private static async Task<int> ShowAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<PrivacyStore>().FindAsync(PrivacyShared.Parse(id), cancellationToken) is not { } request)
            throw PrivacyShared.Unknown(id);
        if (request.State != PrivacyRequestState.NeedsReview)
            return call.Screen.Fail($"There is nothing to choose: the request is {PrivacyShared.Words(request.State)}.", ExitCode.Problems);
        var candidates = await CandidatesAsync(hub, request.Candidates, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(candidates);
        else
            Show(call.Screen, request, candidates);
        return ExitCode.Fine;
    }

    private static void Show(Screen screen, PrivacyRequest request, IReadOnlyList<CandidateView> candidates)
    {
        screen.Mark($"[yellow]{Markup.Escape(request.Review ?? "")}[/]");
        var table = SyncTables.New();
        table.AddColumn(new TableColumn("[bold]Record[/]").NoWrap()).AddColumn("[bold]Name[/]").AddColumn("[bold]Address[/]").AddColumn("[bold]In[/]");
        foreach (var candidate in candidates)
            table.AddRow(candidate.Id.ToString(), Markup.Escape(candidate.Title ?? "not there any more"), Markup.Escape(candidate.Hint ?? "-"), Markup.Escape(string.Join(", ", candidate.In.Select(link => link.Split('/')[0]).Distinct())));
        screen.Show(table);
        screen.Say("Name those that are the person's with --record, and say why with --reason. All others stay as they are.");
    }

    private static async Task<IReadOnlyList<CandidateView>> CandidatesAsync(HubSession hub, IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var candidates = new List<CandidateView>();
        foreach (var id in ids)
        {
            var record = (await hub.Get<RecordStore>().GetAsync(id, cancellationToken))?.Record;
            var name = record is null ? null : hub.Get<RecordNames>().Of(record);
            candidates.Add(new(id, name?.Title, name?.Hint, [.. record?.Links.Select(link => link.Ref.ToString()) ?? []]));
        }
        return candidates;
    }
}
