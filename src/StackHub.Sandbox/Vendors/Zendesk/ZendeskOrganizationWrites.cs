using System.Text.Json;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Every way an organization changes.</summary>
internal sealed class ZendeskOrganizationWrites(ZendeskState state, VendorClock clock, FaultSwitches faults, ZendeskEvents events)
{
    private DateTimeOffset Now => ZendeskState.Seconds(clock.Now);

    public ZendeskOrganization Create(JsonElement json)
    {
        var organization = new ZendeskOrganization(state.NextId(), Now);
        ZendeskFill.Into(organization, json, state.OrganizationFields);
        RefuseTwins(organization);
        Enter(organization, before: null);
        events.Organization("created", organization, null);
        return organization;
    }

    public ZendeskOrganization Update(ZendeskOrganization before, JsonElement json)
    {
        var organization = before.Copy();
        ZendeskFill.Into(organization, json, state.OrganizationFields);
        RefuseTwins(organization);
        organization.UpdatedAt = Now;
        Enter(organization, before);
        if (organization.Name != before.Name)
            events.Organization("name_changed", organization, ZendeskEvents.Change(organization.Name, before.Name));
        if (organization.ExternalId != before.ExternalId)
            events.Organization("external_id_changed", organization, null);
        if (organization.Custom.Count != before.Custom.Count || organization.Custom.Any(field => !before.Custom.TryGetValue(field.Key, out var old) || old.GetRawText() != field.Value.GetRawText()))
            events.Organization("custom_field_changed", organization, null);
        if (!organization.Tags.SequenceEqual(before.Tags))
            events.Organization("tags_changed", organization, null);
        return organization;
    }

    /// <summary>By id or external id, never by name.</summary>
    public (ZendeskOrganization Organization, bool Created) CreateOrUpdate(JsonElement json)
    {
        var known = json.Member("id") is { ValueKind: JsonValueKind.Number } id ? state.Organizations.GetValueOrDefault(id.GetInt64()) : null;
        known ??= json.Text("external_id") is { } externalId ? state.OrganizationWithExternalId(externalId) : null;
        return known is null ? (Create(json), true) : (Update(known, json), false);
    }

    public void Delete(ZendeskOrganization before)
    {
        var organization = before.Copy();
        (organization.DeletedAt, organization.UpdatedAt, organization.ExternalId) = (Now, Now, null);
        Enter(organization, before);
        foreach (var user in state.Users.Values.Where(user => user.OrganizationId == organization.Id).ToList())
            user.OrganizationId = null;
        events.Organization("deleted", organization, null);
    }

    private void RefuseTwins(ZendeskOrganization organization)
    {
        if (state.OrganizationNamed(organization.Name) is { } named && named.Id != organization.Id)
            throw ZendeskErrors.Invalid("name", "Name: has already been taken", "DuplicateValue");
        if (organization.ExternalId is { } externalId && state.OrganizationWithExternalId(externalId) is { } twin && twin.Id != organization.Id)
            throw ZendeskErrors.Invalid("external_id", "External has already been taken", "DuplicateValue");
    }

    private void Enter(ZendeskOrganization organization, ZendeskOrganization? before)
    {
        state.OrganizationLag.Hold(organization, before is null ? null : state.OrganizationLag.Seen(before), clock.Now, faults.SearchLag);
        state.Enter(organization);
    }
}
