using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Connecting;
using StackHub.Web.Connectors;
using StackHub.Web.Paging;

namespace StackHub.Cli.Commands;

/// <summary>What the hub can talk to, as the connectors describe themselves.</summary>
internal static class ConnectorsCommand
{
    public static Command Make(CommandRunner runner) => new HubCommand("connectors", "See what the hub can talk to.").With(
        new HubCommand("list", "Vendors: objects, batch sizes, limits, webhooks, scopes, settings.", "stackhub connectors list", "stackhub connectors list --json").Runs(runner, ListAsync));

    private static Task<int> ListAsync(Invocation call, CancellationToken cancellationToken)
    {
        var infos = Connectors.Connectors.All.Select(factory => factory.Info).OrderBy(info => info.Vendor, StringComparer.Ordinal).ToArray();
        if (call.Screen.Json)
            call.Screen.Result(new Page<ConnectorView>([.. infos.Select(ConnectorView.Of)], null));
        foreach (var info in infos)
            Show(call.Screen, info);
        return Task.FromResult(ExitCode.Fine);
    }

    private static void Show(Screen screen, ConnectorInfo info)
    {
        screen.Show(new Rule($"[bold]{Markup.Escape(info.DisplayName)}[/] (connector: {Markup.Escape(info.Vendor)})").LeftJustified());
        var table = SyncTables.New("Object", "Kind").Numbers("Read at once", "Write at once").AddColumn("[bold]Creates[/]").AddColumn("[bold]Dates[/]");
        foreach (var type in info.Objects)
            table.AddRow(Markup.Escape(type.ObjectType), type.Kind.ToString().ToLowerInvariant(), $"{type.ReadBatch:N0}", $"{type.WriteBatch:N0}",
                type.CanCreate ? type.CreateIsIdempotent ? "yes" : "yes, looked up first" : "no", type.DatesFields ? "each field" : "the record");
        screen.Show(table);
        screen.Mark($"Limits:   {Markup.Escape(string.Join("; ", info.Limits.Select(limit => $"{limit.Permits:N0} in {limit.Window.TotalSeconds:0.###} s{(limit.Scope == "*" ? "" : $" ({limit.Scope})")}")))}");
        screen.Mark($"Webhooks: {Markup.Escape(info.WebhookScheme ?? "none")}");
        screen.Mark($"Scopes:   {Markup.Escape(string.Join(", ", info.Scopes))}");
        screen.Mark($"Settings: {string.Join(", ", info.Settings.Select(setting => $"{(setting.Required ? $"[bold]{Markup.Escape(setting.Name)}[/]" : Markup.Escape(setting.Name))}{(setting.Secret ? " (secret)" : "")}"))}");
        screen.Mark($"Docs:     {Markup.Escape(info.Docs.ToString())}");
        screen.Say("");
    }
}
