using Microsoft.Extensions.DependencyInjection;
using StackHub.Connecting;

namespace StackHub.Connectors;

/// <summary>The list of vendors: a new one is a line here.</summary>
public static class Connectors
{
    public static IReadOnlyList<IConnectorFactory> All { get; } =
    [
        new HubSpot.HubSpotFactory(),
        new Intercom.IntercomFactory(),
        new Klaviyo.KlaviyoFactory(),
        new Marketo.MarketoFactory(),
        new Salesforce.SalesforceConnectorFactory(),
        new Zendesk.ZendeskFactory(),
        .. Declarative.VendorFiles.Shipped,
    ];

    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        foreach (var factory in All)
            services.AddSingleton(factory);
        return services;
    }
}
