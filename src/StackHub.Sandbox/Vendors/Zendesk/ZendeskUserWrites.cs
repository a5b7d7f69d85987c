using System.Text.Json;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Stats;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Every way a user changes, with the account's rules and the events that follow.</summary>
internal sealed class ZendeskUserWrites(ZendeskState state, VendorClock clock, FaultSwitches faults, ZendeskEvents events, VendorStats stats)
{
    private DateTimeOffset Now => ZendeskState.Seconds(clock.Now);

    public ZendeskUser Create(JsonElement json)
    {
        var user = new ZendeskUser(state.NextId(), Now);
        ZendeskFill.Into(user, json, state.UserFields);
        if (json.Text("email") is { Length: > 0 } email)
            user.Identities.Add(Identity("email", email, primary: true));
        RefuseUnfit(user);
        // An address in an organization's domains puts its owner there, unless another one is named.
        if (json.Member("organization_id") is null && user.Email?.Split('@')[^1] is { } domain)
            user.OrganizationId = state.OrganizationOfDomain(domain)?.Id;
        Enter(user, before: null);
        events.User("created", user, null);
        return user;
    }

    public ZendeskUser Update(ZendeskUser before, JsonElement json)
    {
        if (!before.Active)
            throw ZendeskErrors.Invalid("base", "Cannot update a deleted user", "RecordInvalid");
        if (before.Role != ZendeskUser.EndUser)
            stats.Violate("agent", $"an {before.Role} was written to");
        var user = before.Copy();
        ZendeskFill.Into(user, json, state.UserFields);
        // The address of an update is added beside the one there is.
        if (json.Text("email") is { Length: > 0 } email && !user.HasEmail(email))
            user.Identities.Add(Identity("email", email, primary: user.Email is null));
        RefuseUnfit(user);
        return Changed(user, before);
    }

    /// <summary>Finds by external id or address; what it finds takes the external id of the body.</summary>
    public (ZendeskUser User, bool Created) CreateOrUpdate(JsonElement json)
    {
        var known = json.Text("external_id") is { } externalId ? state.WithExternalId(externalId) : null;
        known ??= json.Text("email") is { } email ? state.WithEmail(email) : null;
        return known is null ? (Create(json), true) : (Update(known, json), false);
    }

    /// <summary>A soft delete: its addresses and its external id are free again.</summary>
    public ZendeskUser Delete(ZendeskUser before)
    {
        if (before.Role != ZendeskUser.EndUser)
            stats.Violate("agent", $"an {before.Role} was deleted");
        var user = before.Copy();
        (user.Active, user.ExternalId, user.Identities) = (false, null, []);
        Touch(user, before);
        events.User("active_changed", user, ZendeskEvents.Change(false, true));
        return user;
    }

    public ZendeskUser DeletePermanently(ZendeskUser before)
    {
        var user = before.Copy();
        (user.PermanentlyDeleted, user.ErasureBegan, user.Name) = (true, clock.Now, "Permanently Deleted User");
        (user.Phone, user.Notes, user.Details, user.OrganizationId) = (null, null, null, null);
        user.Custom.Clear();
        user.Tags.Clear();
        Touch(user, before);
        return user;
    }

    /// <summary>The loser goes on as the winner, with its addresses as secondary ones.</summary>
    public ZendeskUser Merge(ZendeskUser loser, ZendeskUser winner)
    {
        if (loser.Role != ZendeskUser.EndUser || winner.Role != ZendeskUser.EndUser || !loser.Active || !winner.Active)
            throw ZendeskErrors.Refusal(422, "RecordInvalid", "Only end users can be merged");
        var merged = winner.Copy();
        merged.Identities.AddRange(loser.Identities.Select(identity => identity with { Primary = false }));
        merged.ExternalId ??= loser.ExternalId;
        Delete(loser);
        Touch(merged, winner);
        events.User("identity_created", merged, null);
        return merged;
    }

    public ZendeskIdentity AddIdentity(ZendeskUser before, JsonElement json)
    {
        var user = before.Copy();
        var identity = Identity(json.Text("type") ?? "email", json.Text("value") ?? "", primary: user.Email is null);
        user.Identities.Add(identity);
        RefuseUnfit(user);
        Touch(user, before);
        events.User("identity_created", user, null);
        return identity;
    }

    public ZendeskUser MakePrimary(ZendeskUser before, long id)
    {
        var user = before.Copy();
        var chosen = user.Identities.Find(identity => identity.Id == id) ?? throw ZendeskErrors.Missing();
        foreach (var identity in user.Identities.Where(identity => identity.Type == chosen.Type))
            identity.Primary = identity.Id == id;
        Touch(user, before);
        events.User("identity_changed", user, ZendeskEvents.Change(chosen.Value, before.Email));
        return user;
    }

    public void DeleteIdentity(ZendeskUser before, long id)
    {
        var user = before.Copy();
        if (user.Identities.RemoveAll(identity => identity.Id == id) == 0)
            throw ZendeskErrors.Missing();
        if (user.Email is null && user.Identities.Find(identity => identity.Type == "email") is { } next)
            next.Primary = true;
        Touch(user, before);
        events.User("identity_deleted", user, null);
    }

    private ZendeskUser Changed(ZendeskUser user, ZendeskUser before)
    {
        Touch(user, before);
        if (user.Name != before.Name)
            events.User("name_changed", user, ZendeskEvents.Change(user.Name, before.Name));
        if (user.ExternalId != before.ExternalId)
            events.User("external_id_changed", user, ZendeskEvents.Change(user.ExternalId ?? "", before.ExternalId ?? ""));
        if (user.Role != before.Role)
            events.User("role_changed", user, ZendeskEvents.Change(user.Role, before.Role));
        if (user.OrganizationId != before.OrganizationId)
            events.User("organization_membership_created", user, null);
        if (user.Identities.Count != before.Identities.Count || user.Phone != before.Phone)
            events.User("identity_created", user, null);
        if (!user.Tags.SequenceEqual(before.Tags))
            events.User("tags_changed", user, null);
        if (user.Custom.Count != before.Custom.Count || user.Custom.Any(field => !before.Custom.TryGetValue(field.Key, out var old) || old.GetRawText() != field.Value.GetRawText()))
            events.User("custom_field_changed", user, null);
        return user;
    }

    private ZendeskIdentity Identity(string type, string value, bool primary)
    {
        if (type == "email" && !ZendeskFill.IsAddress(value))
            throw ZendeskErrors.Invalid("email", $"Email:  {value} is not properly formatted", "InvalidFormat");
        return new(state.NextId(), type, type == "email" ? value.ToLowerInvariant() : value, Now) { Primary = primary };
    }

    private void RefuseUnfit(ZendeskUser user)
    {
        foreach (var identity in user.Identities.Where(identity => identity.Type == "email"))
        {
            if (state.WithEmail(identity.Value) is { } other && other.Id != user.Id)
                throw ZendeskErrors.Invalid("email", $"Email: {identity.Value} is already being used by another user", "DuplicateValue");
        }

        if (user.ExternalId is { } externalId && state.WithExternalId(externalId) is { } twin && twin.Id != user.Id)
            throw ZendeskErrors.Invalid("external_id", "External has already been taken", "DuplicateValue");
        if (user.OrganizationId is { } organization && state.Organizations.GetValueOrDefault(organization) is not { DeletedAt: null })
            throw ZendeskErrors.Invalid("organization", "Organization: is invalid", "InvalidValue");
    }

    private void Touch(ZendeskUser user, ZendeskUser before)
    {
        user.UpdatedAt = Now;
        Enter(user, before);
    }

    private void Enter(ZendeskUser user, ZendeskUser? before)
    {
        state.UserLag.Hold(user, before is null ? null : state.UserLag.Seen(before), clock.Now, faults.SearchLag);
        state.Enter(user);
    }
}
