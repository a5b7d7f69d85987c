using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Metrics;
using StackHub.Privacy.Receipts;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>What is known beside single requests.</summary>
internal static class PrivacyFigures
{
    public static Command Metrics(CommandRunner runner)
    {
        var year = new Option<int?>("--year") { Description = "A calendar year; this one unless told.", HelpName = "YEAR", Validators = { Shared.AtLeast(2020, 2100) } };
        var records = new Option<string?>("--records") { Description = "Write the record of requests that California has a business keep to this CSV file.", HelpName = "FILE" };
        return new HubCommand("metrics", "California's figures: received, complied with, denied, and the median days to an answer.", "stackhub privacy metrics --year 2026", "stackhub privacy metrics --records requests.csv").With(year, records)
            .Runs(runner, (call, cancellationToken) => MetricsAsync(call, call.Value(year), call.Value(records), cancellationToken));
    }

    public static Command Capabilities(CommandRunner runner) =>
        new HubCommand("capabilities", "What each system can honestly do for a person, before anybody is promised anything.", "stackhub privacy capabilities").Runs(runner, CapabilitiesAsync);

    public static Command Laws(CommandRunner runner) =>
        new HubCommand("laws", "The laws that requests may stand under, and the places they are kept in.", "stackhub privacy laws").Runs(runner, LawsAsync);

    public static Command Receipt(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        return new HubCommand("get", "The signed receipt of what was done for a request; give it to the person.", "stackhub privacy receipt get ID > receipt.jws").With(id)
            .Runs(runner, (call, cancellationToken) => ReceiptAsync(call, call.Value(id), cancellationToken));
    }

    private static async Task<int> MetricsAsync(Invocation call, int? year, string? file, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var outcomes = await hub.Get<RequestHistory>().CaliforniaAsync(cancellationToken);
        if (file is not null)
            await File.WriteAllBytesAsync(file, RecordExport.Csv(outcomes), cancellationToken);
        var view = CcpaView.Of(year ?? hub.Get<TimeProvider>().GetUtcNow().Year, outcomes);
        if (call.Screen.Json)
            call.Screen.Result(view);
        var table = SyncTables.New($"Requests of {view.Year}").Numbers("Received", "Complied with", "Denied", "Open", "Median days");
        foreach (var figure in view.Figures)
            table.AddRow(figure.Kind, $"{figure.Received:N0}", $"{figure.Complied:N0}", $"{figure.Denied:N0}", $"{figure.Open:N0}", figure.MedianDays is { } days ? $"{days:0.#}" : "-");
        call.Screen.Show(table);
        if (file is not null)
            call.Screen.Say($"{outcomes.Count:N0} records are in {file}.");
        return ExitCode.Fine;
    }

    private static async Task<int> CapabilitiesAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        IReadOnlyList<CapabilityView> all = [.. CapabilityView.Of(hub.Model)];
        if (call.Screen.Json)
            call.Screen.Result(all);
        var table = SyncTables.New("System", "Object", "Erasure", "Gone within", "Confirmed by", "Access", "Consent", "What stays, what goes along");
        foreach (var one in all.Where(one => one.Erasure != "none"))
            table.AddRow(one.System.ToString(), Markup.Escape(one.ObjectType), Erasure(one), Gone(one), one.ConfirmedBy ?? "-", Yes(one.Access), Yes(one.Consent), Markup.Escape(string.Join("; ", new[] { one.Stays, one.TakesAlong is { } along ? $"takes {along}" : null }.OfType<string>())));
        call.Screen.Show(table);
        call.Screen.Say($"Not people's records, and left alone: {string.Join(", ", all.Where(one => one.Erasure == "none").Select(one => $"{one.System} {one.ObjectType}"))}. Whoever is named in one is for a person to take out.");
        return ExitCode.Fine;
    }

    private static async Task<int> LawsAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        IReadOnlyList<LawView> laws = [.. hub.Get<LawBook>().All.Select(LawView.Of)];
        if (call.Screen.Json)
            call.Screen.Result(laws);
        var table = SyncTables.New("Law", "Name", "Complete within", "Places");
        foreach (var law in laws)
            table.AddRow(law.Id, Markup.Escape(law.Name), Markup.Escape(string.Join("; ", law.Terms.Select(term => term.Complete).Distinct())), string.Join(' ', law.Places));
        call.Screen.Show(table);
        return ExitCode.Fine;
    }

    private static async Task<int> ReceiptAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.LookAsync(cancellationToken);
        switch (await hub.Get<ReceiptDesk>().GetAsync(request, cancellationToken))
        {
            case ReceiptAnswer.Issued issued when call.Screen.Json:
                call.Screen.Result(new ReceiptView(issued.Text));
                return ExitCode.Fine;
            case ReceiptAnswer.Issued issued:
                call.Screen.Raw(issued.Text);
                return ExitCode.Fine;
            case ReceiptAnswer.TooEarly:
                return call.Screen.Fail("There is nothing to certify yet: a receipt is given once work has begun, or the request was denied.", ExitCode.Problems);
            case ReceiptAnswer.Tampered tampered:
                return call.Screen.Fail($"The evidence is not as the hub wrote it: {string.Join(", ", tampered.Faults.Select(fault => $"{fault.Kind} at entry {fault.Sequence}"))}. No receipt is signed on it.", ExitCode.Problems);
            default:
                throw PrivacyShared.Unknown(id);
        }
    }

    private static string Erasure(CapabilityView one) => one.Erasure switch
    {
        "delete" => one.Async ? "[green]delete[/], later" : "[green]delete[/]",
        "none" => "[grey]none[/]",
        var kind => $"[yellow]{kind}[/]",
    };

    private static string Gone(CapabilityView one) => one.Erasure is "none" or "manual" ? "-" : one.GoneWithinHours switch
    {
        null => "not said",
        0 => "at once",
        var hours => VendorTime.Of(TimeSpan.FromHours(hours.Value)),
    };

    private static string Yes(bool value) => value ? "yes" : "no";
}
