using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using StackHub.Privacy.Verification;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Privacy.Verification;

public sealed class IdentityVerificationTests
{
    private const string Address = "ada@canary-code.example";
    private readonly InMemoryTables tables = new();
    private readonly ManualTime time = new();
    private readonly HubKeys keys = new(new byte[32]);
    private readonly Mailbox mailbox = new();

    private CodeDelivery Delivery => new(tables, keys, mailbox, time, NullLogger<CodeDelivery>.Instance);

    private IdentityVerification Verification => new(tables, keys, Delivery, time);

    [Fact]
    public async Task The_code_that_was_sent_confirms_however_it_is_typed()
    {
        await Verification.IssueAsync("r1", "email", Address, default);
        var code = mailbox.Last.Code;

        Assert.IsType<Confirmation.Confirmed>(await Verification.ConfirmCodeAsync("r1", $" {code[..4]}-{code[4..]} ", isPost: true, default));
        Assert.Equal((Address, 8), (mailbox.Last.Address, code.Length));
    }

    [Fact]
    public async Task S7_a_link_works_once_and_following_it_changes_nothing()
    {
        await Verification.IssueAsync("r1", "email", Address, default);
        var before = await RowAsync();

        for (var scanned = 0; scanned < 3; scanned++)
            Assert.IsType<Confirmation.FormOnly>(await Verification.ConfirmLinkAsync("r1", mailbox.Last.Token, isPost: false, default));
        Assert.Equal(before.ETag, (await RowAsync()).ETag);
        Assert.IsType<Confirmation.Confirmed>(await Verification.ConfirmLinkAsync("r1", mailbox.Last.Token, isPost: true, default));
        var used = await RowAsync();
        Assert.IsType<Confirmation.UsedBefore>(await Verification.ConfirmLinkAsync("r1", mailbox.Last.Token, isPost: true, default));
        Assert.Equal(used.ETag, (await RowAsync()).ETag);
    }

    [Fact]
    public async Task S8_a_hundred_guesses_at_once_are_three_tries()
    {
        await Verification.IssueAsync("r1", "email", Address, default);
        tables.Before = _ => Task.Delay(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Verification.ConfirmCodeAsync("r1", "no", isPost: true, default)));

        Assert.Equal(3, answers.Count(answer => answer is Confirmation.Wrong));
        Assert.Equal(97, answers.Count(answer => answer is Confirmation.Locked));
        Assert.IsType<Confirmation.Locked>(await Verification.ConfirmCodeAsync("r1", mailbox.Last.Code, isPost: true, default));
    }

    [Fact]
    public async Task S8_after_the_lock_a_new_code_is_needed_and_works_where_the_old_one_does_not()
    {
        await Verification.IssueAsync("r1", "email", Address, default);
        var old = mailbox.Last;
        for (var wrong = 0; wrong < 3; wrong++)
            await Verification.ConfirmCodeAsync("r1", "no", isPost: true, default);

        Assert.True(await Verification.IssueAsync("r1", "email", Address, default));

        Assert.IsType<Confirmation.Wrong>(await Verification.ConfirmCodeAsync("r1", old.Code, isPost: true, default));
        Assert.IsType<Confirmation.Expired>(await Verification.ConfirmLinkAsync("r1", old.Token, isPost: true, default));
        Assert.IsType<Confirmation.Confirmed>(await Verification.ConfirmCodeAsync("r1", mailbox.Last.Code, isPost: true, default));
    }

    [Fact]
    public async Task S8_an_unknown_request_is_answered_as_a_known_one()
    {
        await Verification.IssueAsync("r1", "email", Address, default);

        var known = await Verification.ConfirmCodeAsync("r1", "00", isPost: true, default);
        var unknown = await Verification.ConfirmCodeAsync("nobody", "00", isPost: true, default);

        Assert.Equal(PublicAnswer.To(known), PublicAnswer.To(unknown));
    }

    [Fact]
    public async Task S11_the_token_of_one_request_opens_no_other()
    {
        await Verification.IssueAsync("r1", "email", Address, default);
        var token = mailbox.Last.Token;
        await Verification.IssueAsync("r2", "email", Address, default);

        Assert.IsType<Confirmation.OtherRequest>(await Verification.ConfirmLinkAsync("r2", token, isPost: true, default));
        Assert.IsType<Confirmation.OtherRequest>(await Verification.ConfirmLinkAsync("r2", "made.up", isPost: true, default));
        Assert.IsType<Confirmation.Confirmed>(await Verification.ConfirmLinkAsync("r1", token, isPost: true, default));
    }

    [Fact]
    public async Task A_request_gets_five_codes_a_day()
    {
        for (var sent = 0; sent < 5; sent++)
            Assert.True(await Verification.IssueAsync("r1", "email", Address, default));

        Assert.False(await Verification.IssueAsync("r1", "email", Address, default));
        time.Advance(TimeSpan.FromHours(24));
        Assert.True(await Verification.IssueAsync("r1", "email", Address, default));
        Assert.Equal(6, mailbox.Messages.Count);
    }

    [Fact]
    public async Task A_code_waits_sealed_while_the_mailer_is_down_and_is_forgotten_once_it_was_taken_over()
    {
        mailbox.Down = true;
        await Verification.IssueAsync("r1", "email", Address, default);
        var waiting = Text(await RowAsync());
        mailbox.Down = false;
        time.Advance(TimeSpan.FromMinutes(1));

        var sent = await Delivery.SendPendingAsync(default);

        Assert.Equal((1, 0), (sent, await Delivery.SendPendingAsync(default)));
        Assert.DoesNotContain(Address, waiting, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(mailbox.Last.Code, waiting, StringComparison.Ordinal);
        Assert.Null((await RowAsync()).Bytes("Message"));
        Assert.IsType<Confirmation.Confirmed>(await Verification.ConfirmCodeAsync("r1", mailbox.Last.Code, isPost: true, default));
    }

    [Fact]
    public async Task A_hub_that_dies_at_any_step_of_sending_sends_the_code_after_all_or_never_made_it()
    {
        for (var step = 1; step < 8; step++)
        {
            var (dying, box) = (new InMemoryTables(), new Mailbox());
            var delivery = new CodeDelivery(dying, keys, box, time, NullLogger<CodeDelivery>.Instance);
            var left = step;
            dying.After = _ => --left == 0 ? throw new TimeoutException() : Task.CompletedTask;
            await Record.ExceptionAsync(() => new IdentityVerification(dying, keys, delivery, time).IssueAsync("r1", "email", Address, default));
            dying.After = null;
            time.Advance(TimeSpan.FromMinutes(1));

            await delivery.SendPendingAsync(default);

            var made = await dying.GetAsync(Tables.PrivacyCodes, "request|r1", "challenge", default) is not null;
            Assert.Equal(made ? 1 : 0, box.Messages.Select(message => message.Id).Distinct().Count());
            Assert.Equal(0, await delivery.SendPendingAsync(default));
        }
    }

    [Fact]
    public async Task The_webhook_is_signed_as_standard_webhooks_say_and_repeats_its_id()
    {
        var secret = Convert.ToBase64String(Encoding.ASCII.GetBytes("a secret of thirty-two characters"));
        var receiver = new Receiver();
        var sender = new WebhookCodeSender(new HttpClient(receiver), new("https://mailer.example/codes"), $"whsec_{secret}", time);
        var message = new CodeMessage("m1", "r1", "email", Address, "12345678", "t", time.GetUtcNow());

        await sender.SendAsync(message, default);

        var signed = Encoding.UTF8.GetBytes($"m1.{time.GetUtcNow().ToUnixTimeSeconds()}.{receiver.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), signed))}", receiver.Headers["webhook-signature"]);
        Assert.Equal("m1", receiver.Headers["webhook-id"]);
        Assert.Equal("12345678", JsonDocument.Parse(receiver.Body).RootElement.GetProperty("data").GetProperty("code").GetString());
    }

    [Fact]
    public void Codes_go_over_https_only_and_nothing_prints_them()
    {
        Assert.Throws<ArgumentException>(() => new WebhookCodeSender(new HttpClient(), new("http://mailer.example/codes"), "whsec_AAAA", time));
        Assert.DoesNotContain("1234", new CodeMessage("m1", "r1", "email", Address, "1234", "t", time.GetUtcNow()).ToString(), StringComparison.Ordinal);
    }

    private async Task<TableRow> RowAsync() => (await tables.GetAsync(Tables.PrivacyCodes, "request|r1", "challenge", default))!;

    private static string Text(TableRow row) => string.Join('\n', row.Values.Values.Select(value => value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value.ToString()));

    private sealed class Mailbox : ICodeSender
    {
        public List<CodeMessage> Messages { get; } = [];

        public bool Down { get; set; }

        public CodeMessage Last => Messages[^1];

        public Task SendAsync(CodeMessage message, CancellationToken cancellationToken)
        {
            if (Down)
                throw new HttpRequestException("down");
            Messages.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class Receiver : HttpMessageHandler
    {
        public Dictionary<string, string> Headers { get; } = [];

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            foreach (var (name, values) in request.Headers)
                Headers[name] = string.Join(",", values);
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new(System.Net.HttpStatusCode.OK);
        }
    }
}
