using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceSettingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Complete_settings_have_no_problems() => Assert.Empty(SalesforceSettings.Problems(With()));

    [Theory]
    [InlineData("clientId", "", "clientId")]
    [InlineData("clientSecret", "", "clientSecret")]
    [InlineData("privateKey", "not a key", "privateKey")]
    [InlineData("loginUrl", "http://example.com", "https")]
    [InlineData("createPeopleAs", "Account", "createPeopleAs")]
    [InlineData("dailyCalls", "-1", "dailyCalls")]
    [InlineData("concurrency", "many", "concurrency")]
    [InlineData("fieldHistory", "maybe", "fieldHistory")]
    [InlineData("apiVersion", "v66", "apiVersion")]
    [InlineData("hubIdField", "Id", "hubIdField")]
    [InlineData("webhookToken", "secret", "organizationId")]
    public void A_wrong_setting_is_named(string name, string value, string named) =>
        Assert.Contains(SalesforceSettings.Problems(With((name, value))), problem => problem.Contains(named, StringComparison.Ordinal));

    [Fact]
    public void Secrets_are_marked_and_options_do_not_print_them()
    {
        Assert.Equal(["clientSecret", "privateKey", "refreshToken", "webhookToken"], SalesforceSettings.All.Where(setting => setting.Secret).Select(setting => setting.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("hush", SalesforceSettings.Read(With(("clientSecret", "hush"))).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rotated_refresh_token_is_used_instead_of_the_configured_one()
    {
        var form = SalesforceAuth.Form(SalesforceSettings.Read(With(("refreshToken", "old"))), new VendorToken("access", "rotated", ExpiresAt: null), Now);

        Assert.Equal([new("grant_type", "refresh_token"), new("refresh_token", "rotated"), new("client_id", "client"), new("client_secret", "secret")], form);
    }

    [Fact]
    public void Without_a_refresh_token_the_client_speaks_for_itself() =>
        Assert.Equal("client_credentials", SalesforceAuth.Form(SalesforceSettings.Read(With()), stored: null, Now)[0].Value);

    [Fact]
    public void A_private_key_signs_a_short_lived_assertion()
    {
        using var key = RSA.Create(2048);
        var options = SalesforceSettings.Read(With(("privateKey", key.ExportPkcs8PrivateKeyPem()), ("username", "hub@example.com")));

        var assertion = SalesforceAuth.Form(options, stored: null, Now)[1].Value.Split('.');

        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{assertion[0]}.{assertion[1]}"), Decode(assertion[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = JsonDocument.Parse(Decode(assertion[1])).RootElement;
        Assert.Equal(("client", "hub@example.com", "https://login.salesforce.com"), (claims.GetProperty("iss").GetString(), claims.GetProperty("sub").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal(Now.AddMinutes(3).ToUnixTimeSeconds(), claims.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void New_people_become_the_type_that_is_configured()
    {
        var info = SalesforceInfo.For(SalesforceSettings.Read(With(("createPeopleAs", "Lead"), ("dailyCalls", "5000"))));

        Assert.Equal(["Lead"], info.Objects.Where(type => type is { Kind: RecordKind.Person, CanCreate: true }).Select(type => type.ObjectType));
        Assert.Equal(new RateLimit("*", 5000, TimeSpan.FromDays(1)), Assert.Single(info.Limits));
    }

    [Theory]
    [InlineData("api-usage=18/5000", 18, 5000)]
    [InlineData("api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)", 25, 5000)]
    public void The_usage_header_is_read(string header, int used, int allowed) => Assert.Equal(new ApiUsage(used, allowed), ApiUsage.TryParse(header));

    private static byte[] Decode(string text) => global::System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static Dictionary<string, string> With(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["clientId"] = "client", ["clientSecret"] = "secret" };
        foreach (var (name, value) in settings)
            all[name] = value;
        return all;
    }
}
