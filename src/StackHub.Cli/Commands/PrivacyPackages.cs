using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Privacy;
using StackHub.Privacy.Packages;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>The copy that answers a request for access or portability.</summary>
internal static class PrivacyPackages
{
    public static Command Make(CommandRunner runner) =>
        new HubCommand("package", "The copy for a person who asked for access or portability.").With(Anew(runner), Link(runner), Download(runner));

    private static HubCommand Anew(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        return new HubCommand("make", "Read everything of the person from every system now, and pack it anew; the hub does it once by itself after the approval.", "stackhub privacy package make ID").With(id, name)
            .Runs(runner, (call, cancellationToken) => MakeAsync(call, call.Value(id), PrivacyShared.By(call, name), cancellationToken));
    }

    private static HubCommand Link(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        return new HubCommand("link", "The link for the person. It opens for them alone, after a code that goes to their address, and ends by itself.", "stackhub privacy package link ID").With(id)
            .Runs(runner, (call, cancellationToken) => LinkAsync(call, call.Value(id), cancellationToken));
    }

    private static HubCommand Download(CommandRunner runner)
    {
        var (id, name) = (PrivacyShared.Id(), PrivacyShared.As());
        var file = new Argument<string>("FILE") { Description = "Where to write the ZIP; it must not be there yet." };
        return new HubCommand("download", "Write the copy to a file, to bring it to a person whom no link reaches. The evidence says who did. The file is personal data: delete it afterwards.", "stackhub privacy package download ID ada.zip").With(id, file, name)
            .Runs(runner, (call, cancellationToken) => DownloadAsync(call, call.Value(id), call.Value(file), PrivacyShared.By(call, name), cancellationToken));
    }

    private static async Task<int> MakeAsync(Invocation call, string id, string by, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        await using var hub = await call.WorkAsync(cancellationToken);
        return await hub.Get<MakePackage>().MakeAsync(request, by, cancellationToken) switch
        {
            PackageAnswer.Made made => Say(call, hub, request, made.Package),
            PackageAnswer.Refused { Code: "unknown" } => throw PrivacyShared.Unknown(id),
            PackageAnswer.Refused refused => call.Screen.Fail(refused.Message, ExitCode.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<int> LinkAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        return Say(call, hub, PrivacyShared.Parse(id), await FindAsync(hub, id, cancellationToken));
    }

    private static async Task<int> DownloadAsync(Invocation call, string id, string file, string by, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        var made = await FindAsync(hub, id, cancellationToken);
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (await hub.Get<PackageStore>().HandOverAsync(made.Link, by, cancellationToken) is not { Content: { } content })
            return call.Screen.Fail("The copy is gone: its time is over, or the person was erased.", ExitCode.Problems);
        await foreach (var part in content.WithCancellation(cancellationToken))
            await target.WriteAsync(part, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(PackageView.Of(PrivacyShared.Parse(id), made));
        call.Screen.Say($"{made.Records:N0} records, {made.Bytes:N0} bytes: {file}. SHA-256 {made.Sha256}. Delete the file once the person has it.");
        return ExitCode.Fine;
    }

    private static async Task<MadePackage> FindAsync(HubSession hub, string id, CancellationToken cancellationToken)
    {
        var request = PrivacyShared.Parse(id);
        if (await hub.Get<PrivacyStore>().FindAsync(request, cancellationToken) is not { } found)
            throw PrivacyShared.Unknown(id);
        return await hub.Get<MakePackage>().FindAsync(request, cancellationToken)
            ?? throw new NotFoundException(KindRules.Copies(found.Kind) ? "There is no copy: it was not made yet, or its time is over." : "There is no copy: only access and portability are answered with one.");
    }

    private static int Say(Invocation call, HubSession hub, RequestId request, MadePackage made)
    {
        var view = PackageView.Of(request, made)!;
        if (call.Screen.Json)
            call.Screen.Result(view);
        else
        {
            call.Screen.Raw(hub.Model.PublicBase is { } address ? new Uri(address, view.Link).ToString() : view.Link);
            call.Screen.Say($"For the person alone, until {Words.Time(made.ExpiresAt)}; a code goes to {(made.Address is null ? "nobody: they gave no address, so bring the copy over ('package download')" : "their address when they open it")}.");
        }
        return ExitCode.Fine;
    }
}
