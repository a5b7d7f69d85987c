using System.CommandLine;
using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Audit.Planning;
using StackHub.Audit.Reading;
using StackHub.Audit.Running;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Web.Audit;

namespace StackHub.Cli.Commands;

/// <summary>The stack audit: which tools are double, unused, orphaned, unknown or risky.</summary>
internal static class AuditCommand
{
    public static Command Make(CommandRunner runner) =>
        new HubCommand("audit", "Find tools that are double, unused, orphaned, unknown or risky.").With(Run(runner), Findings(runner), Accept(runner), AuditDrillCommand.Make(runner), Propose(runner), WhatIf(runner), Import(runner), AuditReportCommand.Make(runner));

    private static HubCommand Run(CommandRunner runner)
    {
        var failOn = new Option<Severity?>("--fail-on") { Description = "Exit code 1 when an open finding is at least as grave: info, low, medium or high.", HelpName = "SEVERITY" };
        var take = Shared.Take(50);
        return new HubCommand("run", "Take the inventory's files, check the stack, and compare with the run before.", "stackhub audit run", "stackhub audit run --fail-on high --json")
            .With(failOn, take)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(failOn), call.Value(take), cancellationToken));
    }

    private static HubCommand Findings(CommandRunner runner)
    {
        var all = new Option<bool>("--all") { Description = "Accepted and fixed ones too." };
        var check = new Option<string?>("--check") { Description = "Only those of one check.", HelpName = "NAME" };
        var take = Shared.Take(50);
        return new HubCommand("findings", "What the last run found. Exit code 1 when any is open.", "stackhub audit findings", "stackhub audit findings --check unused-seats --json")
            .With(all, check, take)
            .Runs(runner, (call, cancellationToken) => FindingsAsync(call, call.Value(all), call.Value(check), call.Value(take), cancellationToken));
    }

    private static HubCommand Accept(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The finding's id, as 'audit findings' shows it." };
        var until = new Option<string>("--until") { Description = "The last day on which it is accepted, at most a year off.", HelpName = "2027-03-31", Required = true };
        var because = new Option<string>("--because") { Description = "Why; whoever reads the report reads it.", HelpName = "WORDS", Required = true };
        return new HubCommand("accept", "Take a finding as it is, until a day; a graver one asks again.", "stackhub audit accept ID --until 2027-03-31 --because \"two legal entities\"")
            .With(id, until, because)
            .Runs(runner, (call, cancellationToken) => AcceptAsync(call, call.Value(id), call.Value(until), call.Value(because), cancellationToken));
    }

    private static HubCommand Propose(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "A file with tool:, capabilities: and, if known, seats: and seatPrice:." };
        return new HubCommand("propose", "Say what a tool that somebody wants would duplicate.", "stackhub audit propose tool.yaml")
            .With(file)
            .Runs(runner, (call, cancellationToken) => ProposeAsync(call, call.Value(file), cancellationToken));
    }

    private static HubCommand WhatIf(CommandRunner runner)
    {
        var keep = new Option<string>("--keep") { Description = "The tool to keep.", HelpName = "TOOL", Required = true };
        var drop = new Option<string>("--drop") { Description = "The tool to drop.", HelpName = "TOOL", Required = true };
        return new HubCommand("what-if", "Say what dropping a tool for another would save and break.", "stackhub audit what-if --keep hubspot --drop mailchimp")
            .With(keep, drop)
            .Runs(runner, (call, cancellationToken) => WhatIfAsync(call, call.Value(keep), call.Value(drop), cancellationToken));
    }

    private static HubCommand Import(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "CSV or JSON." };
        var kind = new Option<ImportKind?>("--kind") { Description = "What it lists: tools, invoices, accounts, contracts or people.", HelpName = "KIND", Required = true };
        var name = new Option<string?>("--name") { Description = "The name its snapshots are kept under; the file's where none is given.", HelpName = "NAME" };
        var columns = new Option<string[]>("--column") { Description = "A column whose name the header does not tell: ours=theirs.", HelpName = "OURS=THEIRS", Validators = { Pairs } };
        var force = new Option<bool>("--force") { Description = "Take it though it has far fewer rows than before." };
        return new HubCommand("import", "Take a list into the inventory. Every bad row is told; a garbage file leaves the snapshot before it in use.", "stackhub audit import invoices.csv --kind invoices", "stackhub audit import logins.json --kind accounts --column \"user=actor.login\"")
            .With(file, kind, name, columns, force)
            .Runs(runner, (call, cancellationToken) => ImportAsync(call, call.Value(file), call.Value(kind)!.Value, call.Value(name), call.Value(columns) ?? [], call.Value(force), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, Severity? failOn, int take, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var report = await hub.Get<StackAudit>().RunAsync(cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(AuditRunView.Of(report));
        else
            AuditTables.Show(call.Screen, report, take);
        return failOn is { } least && report.Findings.Any(finding => finding.Status == FindingStatus.Open && finding.Severity >= least) ? ExitCode.Problems : ExitCode.Fine;
    }

    private static async Task<int> FindingsAsync(Invocation call, bool all, string? check, int take, CancellationToken cancellationToken)
    {
        if (check is not null && AuditChecks.All.All(known => known.Name != check))
            throw new NotFoundException($"There is no check '{check}'. There are: {string.Join(", ", AuditChecks.All.Select(known => known.Name))}.");
        await using var hub = await call.LookAsync(cancellationToken);
        var found = (await hub.Get<FindingStore>().ListAsync(cancellationToken))
            .Where(finding => (check is null || finding.Check == check) && (all || finding.Status == FindingStatus.Open))
            .OrderBy(finding => finding.Status).ThenByDescending(finding => finding.Severity).ThenByDescending(finding => finding.Saving ?? 0).ThenBy(finding => finding.Subject, StringComparer.Ordinal).ToArray();
        if (call.Screen.Json)
            call.Screen.Result(found.Take(take).Select(FindingView.Of).ToArray());
        else
            AuditTables.Show(call.Screen, found, take);
        return found.Any(finding => finding.Status == FindingStatus.Open) ? ExitCode.Problems : ExitCode.Fine;
    }

    private static async Task<int> AcceptAsync(Invocation call, string id, string? until, string? because, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var (acceptance, wrong) = Acceptance.Read(until, because, LocalDate.FromDateTime(hub.Get<TimeProvider>().GetUtcNow().UtcDateTime));
        if (acceptance is null)
            return call.Screen.Fail($"--{wrong} is {(wrong == "until" ? Acceptance.UntilCure : Acceptance.BecauseCure)}.", ExitCode.BadUsage);
        if (!Keys.IsKey(id) || await hub.Get<StackAudit>().AcceptAsync(id, acceptance.Until, acceptance.Because, cancellationToken) is not { } accepted)
            throw new NotFoundException($"There is no finding '{id}'. 'stackhub audit findings' shows them.");
        return Done.Say(call, id, $"Accepted until {AuditWords.Day(acceptance.Until)}: {accepted.Title}");
    }

    private static async Task<int> ProposeAsync(Invocation call, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return call.Screen.Fail($"There is no file '{file}'.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        var view = await hub.Get<StackAudit>().ViewAsync(cancellationToken);
        var (candidate, problems) = CandidateReader.Read(await File.ReadAllTextAsync(file, cancellationToken), file, hub.Get<IToolCatalogue>(), view.Stack.Today);
        foreach (var problem in problems)
            call.Screen.Warn(problem.ToString());
        if (candidate is null)
            return ExitCode.BadUsage;
        var selection = Selection.Of(view, candidate);
        if (call.Screen.Json)
            call.Screen.Result(SelectionView.Of(selection));
        else
            AuditTables.Show(call.Screen, selection, tool => view.Stack.Find(tool)?.Name ?? tool.Text);
        return selection.Covered >= view.Settings.DuplicateFrom || selection.IsKnown ? ExitCode.Problems : ExitCode.Fine;
    }

    private static async Task<int> WhatIfAsync(Invocation call, string keep, string drop, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var view = await hub.Get<StackAudit>().ViewAsync(cancellationToken);
        var catalogue = hub.Get<IToolCatalogue>();
        var consolidation = Consolidation.Of(view, Find(view, catalogue, keep), Find(view, catalogue, drop));
        if (call.Screen.Json)
            call.Screen.Result(ConsolidationView.Of(consolidation));
        else
            AuditTables.Show(call.Screen, consolidation, tool => view.Stack.Find(tool)?.Name ?? tool.Text);
        return ExitCode.Fine;
    }

    private static async Task<int> ImportAsync(Invocation call, string file, ImportKind kind, string? name, string[] columns, bool force, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return call.Screen.Fail($"There is no file '{file}'.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        await using var content = File.OpenRead(file);
        var chosen = columns.Select(pair => pair.Split('=', 2)).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        var report = await hub.Get<InventoryImport>().ImportAsync(name ?? Path.GetFileNameWithoutExtension(file), kind, content, chosen, force, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(ImportView.Of(report));
        else
            AuditTables.Show(call.Screen, report);
        return report.Rejected is not null || report.BadRows > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    internal static Tool Find(AuditView view, IToolCatalogue catalogue, string name) =>
        view.Stack.Find(new(name)) ?? view.Stack.Find(catalogue.ByName(name)?.Id ?? ToolId.Of(name)) ?? throw new NotFoundException($"There is no tool '{name}' in the inventory.");

    private static void Pairs(System.CommandLine.Parsing.OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            result.AddError($"{result.Option.Name}: write our column, '=' and the file's.");
    }
}
