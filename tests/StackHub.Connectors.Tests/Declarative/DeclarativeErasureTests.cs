using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>Erasure, consent and webhooks of both vendors, which differ in how they confirm and in what they sign.</summary>
public sealed class DeclarativeErasureTests
{
    [Fact]
    public async Task An_erasure_is_accepted_then_confirmed_by_absence_and_then_nobody_is_there()
    {
        await using var vendor = await MailchimpUnderTest.StartAsync();

        await IsErasedAsync(vendor, ErasureEvidence.Absence);

        Assert.Equal(0, vendor.Count("members"));
    }

    [Fact]
    public async Task An_erasure_is_accepted_then_confirmed_by_the_state_of_every_request()
    {
        await using var vendor = await OutreachUnderTest.StartAsync();

        await IsErasedAsync(vendor, ErasureEvidence.Status);

        Assert.Equal(2, vendor.Sandbox.Stats.Calls("compliance.create")); // the prospect and the recipient
    }

    [Fact]
    public async Task An_erasure_of_an_id_takes_the_address_of_its_record()
    {
        await using var vendor = await OutreachUnderTest.StartAsync();
        var connector = Connect(vendor);
        var id = vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { ["email"] = "ada@example.com" });

        var outcome = await ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Id = id }, default);

        Assert.IsType<ErasureOutcome.Accepted>(outcome);
        (connector as IDisposable)!.Dispose();
    }

    [Fact]
    public async Task An_erased_address_cannot_be_imported_again()
    {
        await using var vendor = await MailchimpUnderTest.StartAsync();
        await IsErasedAsync(vendor, ErasureEvidence.Absence);
        using var connector = (IDisposable)Connect(vendor);

        var outcome = (await ((IConnector)connector).WriteAsync("members", [New(vendor, "ada@example.com")], default))[0];

        Assert.Equal("ERROR_GENERIC", Assert.IsType<WriteOutcome.Refused>(outcome).Code);
    }

    [Theory]
    [InlineData("mailchimp", "email_opt_out", "unsubscribed")]
    [InlineData("outreach", "emailOptedOut", "true")]
    public async Task An_opt_out_is_a_call_of_its_own_and_reads_back(string name, string field, string stored)
    {
        await using DeclarativeUnderTest vendor = name == "mailchimp" ? await MailchimpUnderTest.StartAsync() : await OutreachUnderTest.StartAsync();
        using var owned = (IDisposable)Connect(vendor);
        var connector = (IConnector)owned;
        var write = New(vendor, "ada@example.com") with { };

        var outcome = (await connector.WriteAsync(vendor.ObjectType, [write with { Fields = [.. write.Fields, new(field, FieldType.Boolean, new("true"))] }], default))[0];

        var id = Assert.IsType<WriteOutcome.Stored>(outcome).Ref.Id;
        var read = Assert.IsType<Change.Seen>((await connector.ReadAsync(vendor.ObjectType, [field], [id], default))[0]);
        Assert.Equal("true", read.Record.Fields[field].Text);
        Assert.Contains(stored, vendor.Sandbox.Read(vendor.ObjectType, id)!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_of_form_fields_names_the_member_by_the_hash_of_the_address()
    {
        await using var vendor = await MailchimpUnderTest.StartAsync();
        using var owned = (IDisposable)Connect(vendor);
        var webhooks = ((IConnector)owned).Webhooks!;

        var touched = Assert.Single(webhooks.Parse("type=profile&data%5Bemail%5D=Urist.McVankab%40freddiesjokes.com"u8.ToArray()));
        var moved = Assert.Single(webhooks.Parse("type=upemail&fired_at=2026-01-01+00%3A00%3A00&data%5Bold_email%5D=a%40example.com&data%5Bnew_email%5D=b%40example.com"u8.ToArray()));

        Assert.Equal("62eeb292278cc15f5817cb78f7790b08", Assert.IsType<Change.Touched>(touched).Ref.Id);
        Assert.NotEqual(moved.Ref, Assert.IsType<Change.Moved>(moved).To);
        Assert.Empty(webhooks.Parse("type=campaign&data%5Bid%5D=1"u8.ToArray()));
    }

    private static async Task IsErasedAsync(DeclarativeUnderTest vendor, ErasureEvidence evidence)
    {
        using var owned = (IDisposable)Connect(vendor);
        var erasure = (IErasure)owned;
        vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = "ada@example.com" });

        var accepted = Assert.IsType<ErasureOutcome.Accepted>(await erasure.EraseAsync(new(vendor.ObjectType) { Email = "ada@example.com" }, default));
        Assert.DoesNotContain("ada", accepted.Ticket, StringComparison.Ordinal);
        Assert.IsType<ErasureOutcome.Accepted>(await erasure.EraseAsync(new(vendor.ObjectType) { Ticket = accepted.Ticket }, default)); // at work still
        await Task.Delay(300);

        Assert.Equal(new ErasureOutcome.Confirmed(evidence, 1), await erasure.EraseAsync(new(vendor.ObjectType) { Ticket = accepted.Ticket }, default));
        Assert.IsType<ErasureOutcome.NotFound>(await erasure.EraseAsync(new(vendor.ObjectType) { Email = "ada@example.com" }, default));
    }

    private static IConnector Connect(DeclarativeUnderTest vendor) => vendor.Connect(new FakeBudget(TimeProvider.System), new FakeTokens(), null);

    private static RecordWrite New(DeclarativeUnderTest vendor, string email) =>
        new(RecordId.Parse("00000000000070008000000000000001"), vendor.ObjectType, [new(vendor.EmailField, FieldType.Email, new(email)), new(vendor.TextField, FieldType.Text, new("Ada"))]);
}
