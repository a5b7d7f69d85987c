using StackHub.Cli.Demo.Vendors;
using StackHub.Sandbox;

namespace StackHub.Cli.Demo;

/// <summary>The demo's rules: whom a score qualifies, and who gets them. The owners are the users that the simulated tools have.</summary>
public static class DemoRules
{
    /// <summary>More than anybody has before the demo's leads come.</summary>
    public const int Threshold = 100;

    public static string For(SandboxServer sandbox)
    {
        var ids = OwnerIds(sandbox);
        return $$"""
            lifecycle:
              hours: { zone: America/New_York, weekdays: 09:00-17:00 }
              systems:
                salesforce: { authority: crm, field: leadStatus, project: none, stages: { Open - Not Contacted: known, Working - Contacted: sal, Closed - Converted: sql } }
                hubspot: { authority: map, project: none }
              score:
                rules:
                  - { version: 1, from: 2020-01-01, threshold: {{Threshold}} }
            routing:
              owners:
                hannah: { ids: {{ids["hannah"]}} }
                sam: { ids: {{ids["sam"]}} }
                rita: { ids: {{ids["rita"]}} }
                house: { queue: true, ids: { salesforce: {{sandbox.Salesforce.IntegrationUserId}} } }
              pools:
                inbound: { members: { sam: 5, rita: 1, hannah: 1 } }
                europe: { members: { rita: 2, hannah: 1 } }
              rules:
                - { name: executives, when: { field: title, startsWith: Chief }, to: owner hannah, over: [europe] }
                - { name: europe, when: { field: country, in: [Germany, France, Netherlands] }, to: pool europe }
              fallback: pool inbound
            """;
    }

    /// <summary>By first name, which is how the rules call them: the ids in every tool that knows owners.</summary>
    private static Dictionary<string, string> OwnerIds(SandboxServer sandbox) => (
        from pair in DemoVendors.In(sandbox)
        from owner in pair.Vendor.Owners(pair.Sandbox)
        group $"{pair.Vendor.Name}: \"{owner.Value}\"" by owner.Key.Split('.')[0]).ToDictionary(owner => owner.Key, owner => $"{{ {string.Join(", ", owner)} }}");
}
