using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.SubjectKeys;
using StackHub.Tests.Privacy.Evidence;

namespace StackHub.Tests.Privacy.Receipts;

public sealed class ReceiptTests
{
    private readonly Chains chains = new();
    private readonly RequestSecret secret = RequestSecret.New();

    private ReceiptSigner Signer => new(chains.Tables, chains.Keys);

    [Fact]
    public async Task A_receipt_verifies_with_nothing_but_its_text_and_the_published_key()
    {
        var text = await Signer.SignAsync(Content(), default);
        var published = ReceiptKeySet.Parse((await Signer.PublicKeysAsync(default)).ToJson());

        var verdict = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(text, published));

        Assert.True(verdict.Trusted);
        Assert.Equivalent(Content(), verdict.Content, strict: true);
    }

    [Fact]
    public async Task Without_a_published_key_only_its_own_is_known_and_that_is_said()
    {
        var verdict = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(await Signer.SignAsync(Content(), default), null));

        Assert.False(verdict.Trusted);
        Assert.Equal((await Signer.PublicKeysAsync(default)).Keys[0].Thumbprint(), verdict.Thumbprint);
    }

    [Fact]
    public async Task Any_character_that_is_changed_is_found()
    {
        var text = await Signer.SignAsync(Content(), default);
        var keys = await Signer.PublicKeysAsync(default);

        Prop.ForAll(Gen.Choose(0, text.Length - 1).SelectMany(at => Gen.Elements("ABCabc019-_.=~".ToCharArray()).Select(to => (at, to))).ToArbitrary(), change =>
        {
            var changed = $"{text[..change.at]}{change.to}{text[(change.at + 1)..]}";
            return changed == text || ReceiptVerifier.Verify(changed, keys) is not ReceiptVerdict.Valid;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Another_spelling_of_the_same_signature_is_no_signature()
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var text = await Signer.SignAsync(Content(), default);
        var spelled = text[..^1] + Digits[Digits.IndexOf(text[^1], StringComparison.Ordinal) | 1]; // the last four bits of 64 bytes in base64 say nothing

        Assert.NotEqual(text, spelled);
        Assert.IsType<ReceiptVerdict.WrongSignature>(ReceiptVerifier.Verify(spelled, await Signer.PublicKeysAsync(default)));
    }

    [Fact]
    public async Task A_receipt_of_another_hub_is_of_an_unknown_key_and_one_with_a_borrowed_key_id_is_wrong()
    {
        var (mine, other) = (await Signer.SignAsync(Content(), default), await new ReceiptSigner(new Chains().Tables, chains.Keys).SignAsync(Content(), default));
        var keys = await Signer.PublicKeysAsync(default);
        var borrowed = string.Join('.', [mine.Split('.')[0], .. other.Split('.')[1..]]);

        Assert.IsType<ReceiptVerdict.UnknownKey>(ReceiptVerifier.Verify(other, keys));
        Assert.IsType<ReceiptVerdict.WrongSignature>(ReceiptVerifier.Verify(borrowed, keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("....")]
    public void What_is_no_receipt_is_called_so(string text) => Assert.IsType<ReceiptVerdict.Malformed>(ReceiptVerifier.Verify(text, null));

    [Fact]
    public async Task Another_algorithm_is_refused_whatever_it_is()
    {
        var parts = (await Signer.SignAsync(Content(), default)).Split('.');
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("ES256", "none", StringComparison.Ordinal);

        Assert.IsType<ReceiptVerdict.Malformed>(ReceiptVerifier.Verify($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}.", null));
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData(" Ada@Example.COM ", true)]
    [InlineData("bob@example.com", false)]
    [InlineData("not an address", false)]
    public void The_person_shows_with_address_and_secret_that_it_is_about_them(string email, bool about)
    {
        Assert.Equal(about, ReceiptVerifier.IsAbout(Content(), email, secret));
        Assert.False(ReceiptVerifier.IsAbout(Content(), email, RequestSecret.New()));
    }

    [Fact]
    public async Task S56_the_receipt_verifies_after_the_hub_erased_its_own_copy_and_names_nobody()
    {
        await chains.WithAsync(1);
        var secrets = new RequestSecrets(chains.Tables, chains.Keys);
        var kept = await secrets.GetOrMakeAsync(Chains.Request, default);
        var anchor = (await chains.Ledger.CheckAsync(Chains.Request, null, default)).Head!.Anchor;
        var text = await Signer.SignAsync(Content() with { Subject = [new("email", kept.Email("ada@example.com")!)], Ledger = anchor }, default);
        await chains.Ledger.SaveReceiptAsync(Chains.Request, text, default);

        await new SubjectKeyStore(chains.Tables, chains.Keys, chains.Ledger, chains.Time).DestroyAsync(Chains.Subject, Chains.Request, default);
        await secrets.DestroyAsync(Chains.Request, default);

        var saved = await chains.Ledger.ReceiptAsync(Chains.Request, default);
        var verdict = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(saved!, await Signer.PublicKeysAsync(default)));
        Assert.True(ReceiptVerifier.IsAbout(verdict.Content, "ada@example.com", RequestSecret.Parse(kept.Reveal())!));
        Assert.True((await chains.Ledger.CheckAsync(Chains.Request, verdict.Content.Ledger, default)).Intact);
        Assert.DoesNotContain("ada", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(saved!.Split('.')[1])), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task After_a_rotation_old_receipts_verify_and_new_ones_have_a_new_key()
    {
        var old = await Signer.SignAsync(Content(), default);
        await Signer.RotateAsync(default);
        var young = await Signer.SignAsync(Content(), default);
        var keys = await Signer.PublicKeysAsync(default);

        var verdicts = new[] { old, young }.Select(text => Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(text, keys)).Thumbprint).ToArray();

        Assert.Equal(2, keys.Keys.Length);
        Assert.NotEqual(verdicts[0], verdicts[1]);
    }

    [Fact]
    public async Task Many_who_sign_first_at_once_sign_with_one_key()
    {
        chains.Tables.Before = _ => Task.Delay(1);

        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Signer.SignAsync(Content(), default)));

        Assert.Single(texts.Select(text => text.Split('.')[0]).Distinct());
    }

    private ReceiptContent Content() => new("Example Ltd", Chains.Request, "erasure", "partial", new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), new(2026, 7, 20, 8, 0, 0, TimeSpan.Zero), new(12, "abc"))
    {
        Subject = [new("phone", secret.Of("phone", "+4930123456")), new("email", secret.Email("ada@example.com")!)],
        Systems = [new("hubspot", "sealed", new(2026, 7, 19, 8, 0, 0, TimeSpan.Zero)), new("salesforce", "held", new(2026, 7, 3, 8, 0, 0, TimeSpan.Zero), "legal-claim", new(2033, 1, 1))],
        Laws = [new("eu-gdpr", 1, new(2026, 8, 3), new(2026, 8, 3), "DE", 1)],
        Notes = ["One invoice stays until 2033."],
    };
}
