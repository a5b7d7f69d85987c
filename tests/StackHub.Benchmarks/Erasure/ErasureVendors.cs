using System.Globalization;
using System.Text;
using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Sandbox;

namespace StackHub.Benchmarks.Erasure;

/// <summary>
/// The six simulated vendors in a process of their own, so that the hub's memory is the hub's. Nothing is limited: what is counted is how
/// often they are called. Its clock is moved by lines it is given.
/// </summary>
internal static class ErasureVendors
{
    /// <summary>People who stay, so that the hub's credentials are seen to see somebody.</summary>
    private const int Staying = 5;

    /// <summary>What each tool calls its people, and their fields.</summary>
    private static readonly IReadOnlyDictionary<string, (string Type, string First, string? Last, string Email)> Names = new Dictionary<string, (string, string, string?, string)>
    {
        ["salesforce"] = ("Contact", "FirstName", "LastName", "Email"),
        ["hubspot"] = ("contacts", "firstname", "lastname", "email"),
        ["intercom"] = ("contacts", "name", null, "email"),
        ["marketo"] = ("leads", "firstName", "lastName", "email"),
        ["klaviyo"] = ("profiles", "first_name", "last_name", "email"),
        ["zendesk"] = ("users", "name", null, "email"),
    };

    public static async Task<int> ServeAsync(Options options)
    {
        var time = new MovedTime();
        await using var sandbox = await SandboxServer.StartAsync(Unlimited(new SandboxOptions { SeedData = false, People = 0, Time = time }.Grant()), CancellationToken.None);
        for (var number = 0; number < options.Int("people", 100) + Staying; number++)
            foreach (var vendor in sandbox.Vendors)
                if (Names.TryGetValue(vendor.Name, out var names))
                    vendor.Edit(new("create", names.Type) { Fields = FieldsOf(names, number) });
        var configuration = DemoConfiguration.For(sandbox, new Uri("http://127.0.0.1:1/"));
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable.Key is string name && name.StartsWith("STACKHUB_DEMO_", StringComparison.Ordinal))
                Console.WriteLine($"set {name}={variable.Value}");
        Console.WriteLine($"configuration {Convert.ToBase64String(Encoding.UTF8.GetBytes(configuration))}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["jump", var ticks])
                time.Jump(new(long.Parse(ticks, CultureInfo.InvariantCulture)));
            foreach (var vendor in sandbox.Vendors)
                foreach (var operation in vendor.Stats.Operations)
                    Console.WriteLine($"calls {vendor.Name} {operation.Operation} {operation.Calls}");
            Console.WriteLine("end");
        }
        return 0;
    }

    public static string Email(int number) => $"somebody{number}@company{number}.example";

    private static Dictionary<string, string?> FieldsOf((string Type, string First, string? Last, string Email) names, int number)
    {
        var (first, last) = ($"Given{Letters(number)}", $"Family{Letters(number + 30_000)}");
        var fields = new Dictionary<string, string?> { [names.First] = names.Last is null ? $"{first} {last}" : first, [names.Email] = Email(number) };
        if (names.Last is not null)
            fields[names.Last] = last;
        return fields;
    }

    private static string Letters(int number) => string.Concat($"{number:D6}".Select(digit => (char)('a' + digit - '0')));

    private static SandboxOptions Unlimited(SandboxOptions options) => options with
    {
        Salesforce = options.Salesforce with { EnforceLimits = false },
        HubSpot = options.HubSpot with { EnforceLimits = false },
        Intercom = options.Intercom with { EnforceLimits = false },
        Others = [.. options.Others.Select(other => other with { EnforceLimits = false })],
    };
}

/// <summary>The machine's time plus what it was moved forward by.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long shift;

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref shift));

    public void Jump(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);
}
