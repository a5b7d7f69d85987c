using System.Text;
using StackHub.Cli.CommandLine;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Testing.Storage;

namespace StackHub.Cli.Tests;

public sealed class ReceiptCommandTests : IDisposable
{
    private readonly TryFolder folder = new();
    private readonly RequestSecret secret = RequestSecret.New();
    private readonly ReceiptSigner signer = new(new InMemoryTables(), new(new byte[32]));

    [Fact]
    public async Task A_receipt_is_verified_with_the_published_key_and_is_about_whoever_has_address_and_secret()
    {
        var (receipt, keys) = (await ReceiptAsync(), folder.Write("keys.json", (await signer.PublicKeysAsync(default)).ToJson()));

        var answer = await Cli.RunAsync("privacy", "receipt", "verify", receipt, "--key", keys, "--email", "Ada@Example.com", "--secret", secret.Reveal());

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("The receipt is genuine", answer.Out);
        Assert.Contains("It is about the address you gave", answer.Out);
        Assert.Contains("legal-claim", answer.Out);
        Assert.Contains("2026-08-03", answer.Out);
    }

    [Fact]
    public async Task Without_a_key_it_says_what_is_not_known_and_scripts_see_it_too()
    {
        var receipt = await ReceiptAsync();

        Assert.Contains("Whose it is you know once you compare its key", (await Cli.RunAsync("privacy", "receipt", "verify", receipt)).Out);
        var answer = await Cli.RunAsync("privacy", "receipt", "verify", receipt, "--json");
        Assert.Equal((true, false, "erasure"), (answer.Json.GetProperty("valid").GetBoolean(), answer.Json.GetProperty("trusted").GetBoolean(), answer.Json.GetProperty("content").GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("bob@example.com")]
    [InlineData("not an address")]
    public async Task A_receipt_about_somebody_else_is_exit_code_1(string email)
    {
        var answer = await Cli.RunAsync("privacy", "receipt", "verify", await ReceiptAsync(), "--email", email, "--secret", secret.Reveal());

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("It is not about the address you gave", answer.Out);
    }

    [Fact]
    public async Task A_changed_receipt_does_not_verify()
    {
        var parts = (await File.ReadAllTextAsync(await ReceiptAsync())).Split('.');
        var forged = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("partial", "complete", StringComparison.Ordinal);
        var file = folder.Write("forged.jws", $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged))}.{parts[2]}");

        var answer = await Cli.RunAsync("privacy", "receipt", "verify", file);

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("does not verify", answer.Error);
    }

    [Fact]
    public async Task A_receipt_of_another_hub_is_told_from_this_ones()
    {
        var others = folder.Write("others.json", (await new ReceiptSigner(new InMemoryTables(), new(new byte[32])).PublicKeysAsync(default)).ToJson());

        var answer = await Cli.RunAsync("privacy", "receipt", "verify", await ReceiptAsync(), "--key", others);

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("none of those you gave", answer.Error);
    }

    [Fact]
    public async Task Whoever_wrote_a_receipt_does_not_steer_the_terminal()
    {
        var file = folder.Write("hostile.jws", await signer.SignAsync(Content() with { Notes = ["\u001b[2J[red]gone[/]"], Issuer = "[link=x]" }, default));

        var answer = await Cli.RunAsync("privacy", "receipt", "verify", file);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.DoesNotContain('\u001b', answer.Out);
        Assert.Contains("[red]gone[/]", answer.Out);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_the_cure()
    {
        var receipt = await ReceiptAsync();

        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync("privacy", "receipt", "verify", "nowhere.jws")).ExitCode);
        Assert.Contains("holds no public key", (await Cli.RunAsync("privacy", "receipt", "verify", receipt, "--key", folder.Write("no.json", "{}"))).Error);
        Assert.Contains("copy the whole text", (await Cli.RunAsync("privacy", "receipt", "verify", receipt, "--email", "ada@example.com", "--secret", "short")).Error);
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> ReceiptAsync() => folder.Write("receipt.jws", await signer.SignAsync(Content(), default) + "\n");

    private ReceiptContent Content() => new("Example Ltd", "r1", "erasure", "partial", new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), new(2026, 7, 20, 8, 0, 0, TimeSpan.Zero), new(12, "abc"))
    {
        Subject = [new("email", secret.Email("ada@example.com")!)],
        Systems = [new("hubspot", "sealed", new(2026, 7, 19, 8, 0, 0, TimeSpan.Zero)), new("salesforce", "held", new(2026, 7, 3, 8, 0, 0, TimeSpan.Zero), "legal-claim", new(2033, 1, 1))],
        Laws = [new("eu-gdpr", 1, new(2026, 8, 3), new(2026, 8, 3), "DE", 1)],
    };
}
