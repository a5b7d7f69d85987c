using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>Legal holds.</summary>
internal static class PrivacyHolds
{
    public static Command Make(CommandRunner runner)
    {
        var emails = new Option<string[]>("--email") { Description = "An address of the person.", HelpName = "ADDRESS" };
        var phones = new Option<string[]>("--phone") { Description = "A phone number of the person.", HelpName = "NUMBER" };
        var ground = new Option<string>("--ground") { Description = "Whose claim or which duty it is; no personal data.", HelpName = "WORDS", Required = true };
        var system = new Option<string?>("--system") { Description = "Only in this system.", HelpName = "NAME" };
        var name = PrivacyShared.As();
        var place = new HubCommand("place", "Nothing it covers is deleted while it stands, in any request of the person.", "stackhub privacy hold place --email ada@example.com --ground 'claim 12/2026'")
            .With(emails, phones, ground, system, name)
            .Runs(runner, (call, cancellationToken) => PlaceAsync(call, new() { Emails = call.Value(emails) ?? [], Phones = call.Value(phones) ?? [] }, call.Value(ground), call.Value(system), PrivacyShared.By(call, name), cancellationToken));
        var id = new Argument<string>("ID") { Description = "The hold's id, as 'hold list' shows it." };
        var lift = new HubCommand("lift", "What the hold stopped goes on by itself.", "stackhub privacy hold lift ID").With(id, name)
            .Runs(runner, (call, cancellationToken) => LiftAsync(call, call.Value(id), PrivacyShared.By(call, name), cancellationToken));
        var list = new HubCommand("list", "Holds that stand, and those that were lifted.", "stackhub privacy hold list").Runs(runner, ListAsync);
        return new HubCommand("hold", "Keep somebody's data from deletion.").With(place, lift, list);
    }

    private static async Task<int> PlaceAsync(Invocation call, SubjectClaims who, string ground, string? system, string by, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        if (who.Problems(hub.Model.PhoneRegion).ToArray() is { Length: > 0 } problems)
            return call.Screen.Fail(string.Join(Environment.NewLine, problems), ExitCode.BadUsage);
        var scope = system is null ? HoldScope.Everything : new HoldScope(hub.System(system), null, null);
        var hold = await hub.Get<LegalHolds>().PlaceAsync(string.Join('\n', who.Emails.Concat(who.Phones).Append(ground).Append(system)), who, scope, ground, by, cancellationToken);
        return Done.Say(call, hold.Id, $"Hold {hold.Id} stands since {Words.Time(hold.EffectiveAt)}.");
    }

    private static async Task<int> LiftAsync(Invocation call, string id, string by, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        if (!Keys.IsKey(id) || await hub.Get<LegalHolds>().LiftAsync(id, by, cancellationToken) is null)
            throw new NotFoundException($"There is no hold '{id}'. 'stackhub privacy hold list' shows them.");
        return Done.Say(call, id, "Lifted; what it stopped goes on by itself.");
    }

    private static async Task<int> ListAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        IReadOnlyList<HoldView> holds = [.. (await hub.Get<HoldStore>().ListAsync(cancellationToken)).Select(HoldView.Of)];
        if (call.Screen.Json)
            call.Screen.Result(holds);
        if (holds.Count == 0)
        {
            call.Screen.Say("No hold was ever placed.");
            return ExitCode.Fine;
        }
        var table = SyncTables.New("Hold", "Ground", "Covers", "Since", "Lifted");
        foreach (var hold in holds)
            table.AddRow(hold.Id, Markup.Escape(hold.Ground), Markup.Escape(hold.Scope), Words.Time(hold.EffectiveAt), hold.LiftedAt is null ? "[yellow]stands[/]" : Words.Time(hold.LiftedAt));
        call.Screen.Show(table);
        return ExitCode.Fine;
    }
}
