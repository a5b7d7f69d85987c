using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>Somebody whose name, address and number are nobody else's and no part of any word, in whatever spelling.</summary>
internal static class CanaryPerson
{
    public const string First = "Qanarienne";
    public const string Last = "Vogelzwitscher";
    public const string Email = "qanarienne.v@canarycage.example";
    public const string Phone = "+14155557391";

    public static readonly string[] Signs = [First, Last, "qanarienne.v", "canarycage", "4155557391", "555-7391", "5557391"];

    /// <summary>The fields each tool has them in.</summary>
    private static readonly IReadOnlyDictionary<string, (string Type, string First, string Last, string Email, string Phone)> Fields = new Dictionary<string, (string, string, string, string, string)>
    {
        ["salesforce"] = ("Contact", "FirstName", "LastName", "Email", "Phone"),
        ["hubspot"] = ("contacts", "firstname", "lastname", "email", "phone"),
        ["intercom"] = ("contacts", "name", "", "email", "phone"),
        ["marketo"] = ("leads", "firstName", "lastName", "email", "phone"),
        ["klaviyo"] = ("profiles", "first_name", "last_name", "email", "phone_number"),
        ["zendesk"] = ("users", "name", "", "email", "phone"),
    };

    public static bool Shows(string? text) => text is not null && Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>Made by a person, or a form, in a tool. HubSpot has put the address of whoever was erased on its block list, so there they come by their number.</summary>
    /// <returns>The id there, as the hub refers to it.</returns>
    public static (string ObjectType, string Id) Create(VendorSandbox vendor, bool again = false) =>
        Create(vendor, First, Last, again && vendor.Name == "hubspot" ? null : Email, Phone);

    /// <summary>Somebody else, in every tool; nobody is like another.</summary>
    /// <returns>Their address.</returns>
    public static string CreateSomebody(SandboxServer sandbox, int number)
    {
        var email = $"somebody{number}@company{number}.example";
        foreach (var vendor in sandbox.Vendors.Where(vendor => Fields.ContainsKey(vendor.Name)))
            Create(vendor, $"Given{Letters(number)}", $"Family{Letters(number + 3_000)}", email, null);
        return email;
    }

    private static (string ObjectType, string Id) Create(VendorSandbox vendor, string first, string last, string? email, string? phone)
    {
        var names = Fields[vendor.Name];
        var fields = new Dictionary<string, string?> { [names.First] = names.Last.Length == 0 ? $"{first} {last}" : first };
        if (names.Last.Length > 0)
            fields[names.Last] = last;
        if (phone is not null)
            fields[names.Phone] = phone;
        if (email is not null)
            fields[names.Email] = email;
        var made = vendor.Edit(new("create", names.Type) { Fields = fields })!;
        return (names.Type, (made["id"] ?? made["Id"])!.ToString());
    }

    private static string Letters(int number) => string.Concat($"{number:D5}".Select(digit => (char)('a' + digit - '0')));

    public static async Task<HubRecord?> FindAsync(Stage stage) =>
        (await stage.RecordsAsync()).FirstOrDefault(record => record is { Kind: RecordKind.Person, MergedInto: null } && stage.CanonicalText(record, "lastName") == Last && stage.Model.Order.All(system => record.ActiveIn(system).Any()));

    /// <summary>Everything the hub keeps, as text: rows, blobs, messages, poison messages; opened where the hub can.</summary>
    public static async Task<IReadOnlyList<string>> KeptAsync(Stage stage)
    {
        var (all, tables, blobs, queue) = (new List<string>(), stage.Hub.Get<ITableStore>(), stage.Hub.Get<IBlobStore>(), stage.Hub.Get<IMessageQueue>());
        foreach (var table in Tables.All)
            await foreach (var row in tables.RowsAsync(table, TableRange.All, Stage.Token))
                all.Add($"{table} {row.Partition} {row.Row} {string.Join(' ', row.Values.Select(value => value.Value is byte[] bytes ? Text(stage, bytes) : $"{value.Value}"))} {(row.Bytes("D1") is null ? "" : Text(stage, RowParts.Read(row)))}");
        await foreach (var blob in blobs.ListAsync("", Stage.Token))
            all.Add($"blob {blob} {Text(stage, (await blobs.GetAsync(blob, Stage.Token))!)}");
        foreach (var name in Queues.All.SelectMany(name => new[] { name, Queues.Poison(name) }))
            all.AddRange((await queue.PeekAsync(name, 32, Stage.Token)).Select(message => $"queue {name} {message.Body} {Unsealed(stage, message.Body)}"));
        return all;
    }

    /// <summary>What the tools hold of them, read past the hub.</summary>
    public static async Task<IReadOnlyList<string>> InToolsAsync(Stage stage)
    {
        var all = new List<string>();
        foreach (var reader in stage.Readers)
            await foreach (var record in reader.ReadAsync(Stage.Token))
                if (record.Fields.Values.Any(Shows))
                    all.Add($"{reader.System} {record}");
        return all;
    }

    private static string Unsealed(Stage stage, string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("sealed", out var text) && text.GetString() is { } encoded ? Text(stage, Convert.FromBase64String(encoded)) : "";
    }

    private static string Text(Stage stage, byte[] bytes)
    {
        try
        {
            return $"{Encoding.UTF8.GetString(bytes)} {Plain(stage.Hub.Get<HubKeys>().Open(bytes))}";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return $"{Encoding.UTF8.GetString(bytes)} {Plain(bytes)}";
        }
    }

    /// <summary>A long record is stored compressed.</summary>
    private static string Plain(byte[] bytes)
    {
        try
        {
            using var inflated = new MemoryStream();
            using (var deflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress))
                deflate.CopyTo(inflated);
            return $"{Encoding.UTF8.GetString(bytes)} {Encoding.UTF8.GetString(inflated.ToArray())}";
        }
        catch (InvalidDataException)
        {
            return Encoding.UTF8.GetString(bytes);
        }
    }
}
