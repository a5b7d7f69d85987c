using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Sandbox.Vendors.Mailchimp;
using StackHub.Sandbox.Vendors.Marketo;
using StackHub.Sandbox.Vendors.Outreach;
using StackHub.Sandbox.Vendors.Salesforce;
using StackHub.Sandbox.Vendors.Zendesk;

namespace StackHub.Sandbox;

/// <summary>The simulated vendors; a new one is a folder and a line here.</summary>
internal static class VendorList
{
    public static readonly IReadOnlyList<Func<SandboxOptions, VendorSandbox>> All =
    [
        options => new SalesforceSandbox(options),
        options => new HubSpotSandbox(options),
        options => new IntercomSandbox(options),
        options => new MarketoSandbox(options),
        options => new KlaviyoSandbox(options),
        options => new ZendeskSandbox(options),
        options => new MailchimpSandbox(options),
        options => new OutreachSandbox(options),
    ];
}
