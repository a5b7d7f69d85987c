using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Security;

namespace StackHub.Cli.Commands;

/// <summary>A key as it is listed: everything but its secret.</summary>
public sealed record KeySummary(string Id, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateOnly? LastUsedOn, DateTimeOffset? RevokedAt)
{
    /// <summary>Only when it was just made.</summary>
    public string? Secret { get; init; }

    public static KeySummary Of(ApiKey key) => new(key.Id, key.Name, [.. key.Roles.Select(RoleNames.Of)], key.CreatedAt, key.LastUsedOn, key.RevokedAt);
}

/// <summary>API keys: who may call the hub.</summary>
internal static class KeysCommand
{
    public static Command Make(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "Who or what the key is for; 1 to 100 characters." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 or > 100 }])
                result.AddError("A key's name has 1 to 100 characters.");
        });
        var roles = new Option<string[]>("--role") { Description = "What it may do; may be given several times.", DefaultValueFactory = _ => [RoleNames.Of(Role.Viewer)], AllowMultipleArgumentsPerToken = true };
        roles.AcceptOnlyFromAmong([.. RoleNames.All.Select(RoleNames.Of)]);
        var add = new HubCommand("add", "Make a key; its secret is shown once.", "stackhub keys add dashboard --role viewer", "stackhub keys add alice --role operator --role approver")
            .With(name, roles)
            .Runs(runner, (call, cancellationToken) => AddAsync(call, call.Value(name), call.Value(roles), cancellationToken));
        var list = new HubCommand("list", "All keys, without their secrets.", "stackhub keys list").Runs(runner, ListAsync);
        var id = new Argument<string>("ID") { Description = "The key's id, as 'keys list' shows it." };
        var revoke = new HubCommand("revoke", "Take a key's rights; it never works again.", "stackhub keys revoke 1f2e3d4c5b6a7988")
            .With(id)
            .Runs(runner, (call, cancellationToken) => RevokeAsync(call, call.Value(id), cancellationToken));
        return new HubCommand("keys", "API keys: who may call the hub.").With(add, list, revoke);
    }

    private static async Task<int> AddAsync(Invocation call, string name, string[] roles, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var made = await hub.Get<ApiKeyStore>().CreateAsync(name, [.. roles.Select(RoleNames.Parse).OfType<Role>()], cancellationToken);
        if (call.Screen.Json)
        {
            call.Screen.Result(KeySummary.Of(made.Key) with { Secret = made.Secret });
            return ExitCode.Fine;
        }
        call.Screen.Say($"Key {made.Key.Id} for {name} ({string.Join(", ", roles)}). Its secret, shown this once:");
        call.Screen.Raw(made.Secret);
        return ExitCode.Fine;
    }

    private static async Task<int> ListAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        KeySummary[] keys = [.. (await hub.Get<ApiKeyStore>().ListAsync(cancellationToken)).OrderBy(key => key.CreatedAt).Select(KeySummary.Of)];
        if (call.Screen.Json)
            call.Screen.Result<IReadOnlyList<KeySummary>>(keys);
        var table = SyncTables.New("Id", "Name", "Roles", "Made", "Last used", "State");
        foreach (var key in keys)
            table.AddRow(key.Id, Markup.Escape(key.Name), string.Join(", ", key.Roles), Words.Time(key.CreatedAt), key.LastUsedOn?.ToString("O") ?? "never", key.RevokedAt is { } at ? $"[yellow]revoked {Words.Time(at)}[/]" : "[green]works[/]");
        if (keys.Length > 0)
            call.Screen.Show(table);
        else
            call.Screen.Say("There are no keys; 'stackhub keys add NAME' makes one.");
        return ExitCode.Fine;
    }

    private static async Task<int> RevokeAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (!Keys.IsKey(id) || !await hub.Get<ApiKeyStore>().RevokeAsync(id, cancellationToken))
            throw new NotFoundException($"There is no key '{id}'. 'stackhub keys list' shows them.");
        return Done.Say(call, id, $"Key {id} is revoked.");
    }
}
