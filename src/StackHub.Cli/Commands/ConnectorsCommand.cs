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
    public static Command Make(CommandRunner runner) => new HubCommand("connectors", "See what the hub can talk to, and try a vendor's file.").With(
        new HubCommand("list", "Vendors: objects, batch sizes, limits, webhooks, scopes, settings.", "stackhub connectors list", "stackhub connectors list --json").Runs(runner, ListAsync),
        new HubCommand("schema", "Print the JSON Schema of a vendor's file, for editors.", "stackhub connectors schema > vendor.schema.json").Runs(runner, SchemaAsync),
        Test(runner));

    private static HubCommand Test(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The vendor's file." };
        var sandbox = new Option<string?>("--sandbox") { Description = "Where a sandbox of the vendor is; the checks write people at example.com there.", HelpName = "URL", Validators = { Shared.Address } };
        var answers = new Option<string?>("--answers") { Description = "A folder of recorded answers in the place of the vendor.", HelpName = "FOLDER" };
        var settings = new Option<string[]>("--setting") { Description = "A setting of the system; may be given several times.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
        settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"A setting is written NAME=VALUE, and not as given ({token.Value.Length} characters without a name).");
        });
        return new HubCommand("test", "Say everything that is wrong with a vendor's file, with line and cure, and try what it says against a sandbox or recorded answers. Exit code 1 when a check failed, 2 when the file or a setting is wrong.",
            "stackhub connectors test acme.yaml", "stackhub connectors test acme.yaml --sandbox http://127.0.0.1:9106/3.0 --setting apiKey=test", "stackhub connectors test acme.yaml --answers ./recorded")
            .With(file, sandbox, answers, settings)
            .Runs(runner, (call, cancellationToken) => ConnectorTest.RunAsync(call, call.Value(file), call.Value(sandbox), call.Value(answers), call.Value(settings), cancellationToken));
    }

    private static Task<int> SchemaAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Screen.Raw(Connectors.Declarative.VendorSchema.Json());
        return Task.FromResult(ExitCode.Fine);
    }

    private static Task<int> ListAsync(Invocation call, CancellationToken cancellationToken)
    {
        var infos = Connectors.Declarative.ConnectorFolder.Beside(call.ConfigFile).Factories.Select(factory => factory.Info).OrderBy(info => info.Vendor, StringComparer.Ordinal).ToArray();
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
        screen.Mark($"Owners:   {Markup.Escape(info.OwnersInWords)}");
        screen.Mark($"Scopes:   {Markup.Escape(string.Join(", ", info.Scopes))}");
        screen.Mark($"Settings: {string.Join(", ", info.Settings.Select(setting => $"{(setting.Required ? $"[bold]{Markup.Escape(setting.Name)}[/]" : Markup.Escape(setting.Name))}{(setting.Secret ? " (secret)" : "")}"))}");
        screen.Mark($"Docs:     {Markup.Escape(info.Docs.ToString())}");
        screen.Say("");
    }
}
