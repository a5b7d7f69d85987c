using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;

namespace StackHub.Cli.Commands;

/// <summary>What a receipt is worth, for scripts.</summary>
/// <param name="Trusted">Its key is one that was given.</param>
/// <param name="AboutYou">Whether it is about the address that was given; null when none was.</param>
public sealed record ReceiptReport(bool Valid, string? Problem, string? Thumbprint, bool Trusted, bool? AboutYou, ReceiptContent? Content);

/// <summary>Receipts: checked by anybody, without a hub, a network or a vendor.</summary>
internal static class ReceiptCommand
{
    private const int LongestFile = 1024 * 1024;

    public static Command Make(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The receipt, as it was sent." };
        var key = new Option<string?>("--key") { Description = "The hub's published keys (JWK or JWK set): only with them it is sure whose receipt it is.", HelpName = "FILE" };
        var email = new Option<string?>("--email") { Description = "Your address: is the receipt about you? Needs the secret.", HelpName = "ADDRESS" };
        var secret = new Option<string?>("--secret") { Description = "The secret you were given with your request.", HelpName = "TEXT" };
        var verify = new HubCommand("verify", "Check a receipt offline: that nobody changed it, whose it is, and whether it is about you. Exit code 1 when it is not what it says.",
            "stackhub receipt verify receipt.jws --key hub-keys.json", "stackhub privacy receipt verify receipt.jws --email ada@example.com --secret kq3x...")
            .With(file, key, email, secret)
            .Runs(runner, (call, cancellationToken) => VerifyAsync(call, call.Value(file), call.Value(key), call.Value(email), call.Value(secret), cancellationToken));
        verify.Validators.Add(result =>
        {
            if (result.GetResult(email) is null != result.GetResult(secret) is null)
                result.AddError("--email and --secret belong together: give both or none.");
        });
        var keys = new HubCommand("keys", "Print the public keys this hub signs receipts with (JWK set), for publishing.", "stackhub privacy receipt keys > hub-keys.json", "stackhub receipt keys > hub-keys.json").Runs(runner, KeysAsync);
        return new HubCommand("receipt", "Receipts of privacy requests.").With(verify, keys);
    }

    private static async Task<int> VerifyAsync(Invocation call, string file, string? keyFile, string? email, string? secret, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(file, cancellationToken);
        ReceiptKeySet? keys = null;
        if (keyFile is not null && (keys = ReceiptKeySet.Parse(await ReadAsync(keyFile, cancellationToken))) is null)
            return call.Screen.Fail($"'{keyFile}' holds no public key: give the JWK or JWK set that the hub publishes ('stackhub privacy receipt keys').", ExitCode.BadUsage);
        RequestSecret? opened = null;
        if (secret is not null && (opened = RequestSecret.Parse(secret)) is null)
            return call.Screen.Fail("--secret is not a request's secret: copy the whole text you were given with your request.", ExitCode.BadUsage);
        var report = Report(ReceiptVerifier.Verify(text, keys), email, opened);
        Show(call.Screen, report);
        return report is { Valid: true, AboutYou: not false } ? ExitCode.Fine : ExitCode.Problems;
    }

    private static ReceiptReport Report(ReceiptVerdict verdict, string? email, RequestSecret? secret) => verdict switch
    {
        ReceiptVerdict.Valid valid => new(true, null, valid.Thumbprint, valid.Trusted, secret is null ? null : ReceiptVerifier.IsAbout(valid.Content, email!, secret), valid.Content),
        ReceiptVerdict.WrongSignature wrong => new(false, "It was changed after it was signed, or somebody else signed it.", wrong.Thumbprint, false, null, null),
        ReceiptVerdict.UnknownKey unknown => new(false, "It was signed with a key that is none of those you gave.", Plain(unknown.Thumbprint), false, null, null),
        ReceiptVerdict.Malformed malformed => new(false, malformed.Why, null, false, null, null),
        _ => throw new UnreachableException(),
    };

    private static void Show(Screen screen, ReceiptReport report)
    {
        if (screen.Json)
        {
            screen.Result(report);
            return;
        }
        if (report.Content is not { } content)
        {
            screen.Warn($"This receipt does not verify. {report.Problem}");
            return;
        }
        screen.Mark(report.Trusted
            ? $"[green]The receipt is genuine:[/] signed with the key {report.Thumbprint} that you gave."
            : $"[green]Nobody changed the receipt[/] since it was signed. Whose it is you know once you compare its key with the one the hub publishes: {report.Thumbprint}");
        screen.Mark($"{Safe(content.Issuer)} answered request [bold]{Safe(content.Request)}[/] ({Safe(content.Kind)}) of {Words.Time(content.ReceivedAt)} on {Words.Time(content.AnsweredAt)}: [bold]{Safe(content.Outcome)}[/].");
        if (report.AboutYou is { } about)
            screen.Mark(about ? "[green]It is about the address you gave.[/]" : "[red]It is not about the address you gave[/], or this is another request's secret.");
        ShowSystems(screen, content);
        foreach (var note in content.Notes)
            screen.Mark(Safe(note));
        screen.Mark($"[grey]The hub's evidence had {content.Ledger.Count:N0} entries then, the last one {Safe(content.Ledger.Hash)}.[/]");
    }

    private static void ShowSystems(Screen screen, ReceiptContent content)
    {
        var table = SyncTables.New("System", "Proven", "At", "Why something stays", "Until");
        foreach (var system in content.Systems)
            table.AddRow(Safe(system.System), Safe(system.Level), Words.Time(system.At), Safe(system.Ground ?? ""), system.Until?.ToString("yyyy-MM-dd") ?? "");
        if (!content.Systems.IsEmpty)
            screen.Show(table);
        foreach (var law in content.Laws)
            screen.Mark($"Under {Safe(law.Law)} (version {law.Version}, calendar {Safe(law.Calendar)} version {law.CalendarVersion}) it was due {law.SafeDue:yyyy-MM-dd} to be safe, {law.LegalDue:yyyy-MM-dd} at the latest.");
    }

    private static async Task<int> KeysAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        call.Screen.Raw((await hub.Get<ReceiptSigner>().PublicKeysAsync(cancellationToken)).ToJson());
        return ExitCode.Fine;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new NotFoundException($"There is no file '{file}'.");
        if (new FileInfo(file).Length > LongestFile)
            throw new IOException($"'{file}' is too long for a receipt or a key.");
        return await File.ReadAllTextAsync(file, cancellationToken);
    }

    /// <summary>Whoever wrote a receipt may not steer the terminal it is read on.</summary>
    private static string Safe(string text) => Markup.Escape(Plain(text));

    private static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
