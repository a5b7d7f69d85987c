using StackHub.Configuration;

namespace StackHub.Tests.Configuration;

/// <summary>Loads text with the test's connectors.</summary>
internal static class Loading
{
    /// <summary>Two systems that need nothing else.</summary>
    public const string Two = """
        systems:
          salesforce:
            connector: salesforce
            settings: { clientId: id, clientSecret: env:SF_SECRET }
          hubspot:
            connector: hubspot

        """;

    public static HubModel Model(string yaml) => Valid(yaml).Model;

    public static ConfigurationResult.Valid Valid(string yaml)
    {
        var result = HubConfiguration.Parse(yaml, Vendors.All);
        Assert.True(result is ConfigurationResult.Valid, result.ToString());
        return (ConfigurationResult.Valid)result;
    }

    public static IReadOnlyList<ConfigurationProblem> Problems(string yaml) =>
        Assert.IsType<ConfigurationResult.Invalid>(HubConfiguration.Parse(yaml, Vendors.All)).Problems;

    /// <summary>The only problem, as people read it.</summary>
    public static string Problem(string yaml) => Assert.Single(Problems(yaml)).ToString();
}
