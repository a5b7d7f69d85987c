using System.Text.Json;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Every way a contact or a company changes, with the workspace's rules and the notifications that follow.</summary>
internal sealed class IntercomWrites(IntercomState state, IntercomErrors errors, IntercomOptions options, VendorClock clock, FaultSwitches faults, IntercomEvents events)
{
    private static readonly string[] ContactFields = ["role", "external_id", "email", "phone", "name", "avatar", "signed_up_at", "last_seen_at", "owner_id", "unsubscribed_from_emails", "custom_attributes"];
    private static readonly string[] CompanyFields = ["name", "company_id", "plan", "size", "website", "industry", "custom_attributes", "remote_created_at", "monthly_spend"];

    private DateTimeOffset Now => IntercomState.Seconds(clock.Now);

    public IntercomContact Create(JsonElement json)
    {
        if (json.Member("email") is null && json.Member("external_id") is null && json.Member("role") is null)
            throw errors.Missing("one of email, external_id or role is required");
        var (number, id) = state.NextId();
        var contact = new IntercomContact(number, id, Now);
        Fill(contact, json);
        RefuseTwins(contact);
        contact.UpdatedAt = Now;
        state.Lag.Hold(contact, null, clock.Now, faults.SearchLag);
        state.Enter(contact);
        events.Contact(contact.Role == "lead" ? "contact.lead.created" : "contact.user.created", contact);
        return contact;
    }

    public void Update(IntercomContact contact, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw errors.Invalid("the body must be an object");
        var changed = contact.Snapshot();
        Fill(changed, json);
        RefuseTwins(changed, contact);
        var before = contact.Snapshot();
        state.Lift(contact);
        Copy(changed, contact);
        Touch(contact, before);
        if (before.Unsubscribed != contact.Unsubscribed)
            events.Contact(contact.Unsubscribed ? "contact.unsubscribed" : "contact.subscribed", contact);
        if (before.Email != contact.Email && contact.Email is not null)
            events.Contact("contact.email.updated", contact);
        events.Contact(before.Role == "lead" && contact.Role == "user" ? "contact.lead.signed_up" : contact.Role == "lead" ? "contact.lead.updated" : "contact.user.updated", contact);
    }

    public void Delete(IntercomContact contact)
    {
        state.Remove(contact);
        events.Contact("contact.deleted", contact);
    }

    public void Archive(IntercomContact contact, bool isArchived)
    {
        if (contact.Archived == isArchived)
            return;
        var before = contact.Snapshot();
        state.Lift(contact);
        contact.Archived = isArchived;
        Touch(contact, before);
        events.Contact(isArchived ? "contact.archived" : "contact.unarchive", contact);
    }

    /// <summary>A lead goes into a user and is gone.</summary>
    public IntercomContact Merge(IntercomContact from, IntercomContact into)
    {
        if (from.Role != "lead" || into.Role != "user")
            throw errors.Invalid("Can only merge a lead into a user");
        var before = into.Snapshot();
        state.Remove(from);
        state.Lift(into);
        (into.Email, into.Phone, into.Name) = (into.Email ?? from.Email, into.Phone ?? from.Phone, into.Name ?? from.Name);
        foreach (var (name, value) in from.Custom)
            into.Custom.TryAdd(name, value);
        foreach (var company in from.Companies.Except(into.Companies).ToList())
        {
            into.Companies.Add(company);
            state.Companies[company].Contacts.Add(into.Id);
        }

        into.Unsubscribed |= from.Unsubscribed;
        Touch(into, before);
        events.Merged(from, into);
        return into;
    }

    public (IntercomCompany Company, bool IsNew) Upsert(JsonElement json)
    {
        RefuseUnknown(json, CompanyFields);
        var companyId = Text(json, "company_id");
        var company = companyId is null ? null : state.ByCompanyId.GetValueOrDefault(companyId);
        var isNew = company is null;
        if (company is null)
        {
            var (number, id) = state.NextId();
            company = new(number, id, companyId ?? id, Now);
        }

        Fill(company, json);
        state.Enter(company);
        events.Company(isNew ? "company.created" : "company.updated", company);
        return (company, isNew);
    }

    public void Update(IntercomCompany company, JsonElement json)
    {
        RefuseUnknown(json, [.. CompanyFields.Where(field => field != "company_id")]);
        Fill(company, json);
        events.Company("company.updated", company);
    }

    public void Delete(IntercomCompany company)
    {
        state.Remove(company);
        events.Company("company.deleted", company);
    }

    public void Attach(IntercomContact contact, IntercomCompany company)
    {
        if (contact.Companies.Contains(company.Id))
            return;
        if (contact.Companies.Count >= 1000)
            throw errors.Refusal(400, "contact_company_limit_exceeded", "Contact has reached the maximum of 1000 company associations");
        contact.Companies.Add(company.Id);
        company.Contacts.Add(contact.Id);
        events.Attached("company.contact.attached", contact, company);
    }

    public void Detach(IntercomContact contact, IntercomCompany company)
    {
        if (!contact.Companies.Remove(company.Id))
            throw errors.NoCompany();
        company.Contacts.Remove(contact.Id);
        events.Attached("company.contact.detached", contact, company);
    }

    public void Subscribe(IntercomContact contact, string id, bool isAttached)
    {
        var before = contact.Snapshot();
        if (isAttached)
            contact.Subscriptions.Add(id);
        else
            contact.Subscriptions.Remove(id);
        state.Lift(contact);
        Touch(contact, before);
        events.Contact(isAttached == (id == IntercomSubscriptions.OptIn) ? "contact.subscribed" : "contact.unsubscribed", contact);
    }

    private void Touch(IntercomContact contact, IntercomContact before)
    {
        contact.UpdatedAt = Now;
        state.Enter(contact);
        state.Lag.Hold(contact, before, clock.Now, faults.SearchLag);
    }

    private void Fill(IntercomContact contact, JsonElement json)
    {
        RefuseUnknown(json, ContactFields);
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;
            switch (name)
            {
                case "role":
                    contact.Role = Text(json, name) is ("user" or "lead") and var role ? role : throw errors.Invalid("role must be user or lead", name);
                    break;
                case "external_id":
                    contact.ExternalId = Text(json, name);
                    break;
                case "email":
                    contact.Email = Email(Text(json, name));
                    break;
                case "phone":
                    contact.Phone = Text(json, name);
                    break;
                case "name":
                    contact.Name = Text(json, name);
                    break;
                case "avatar":
                    contact.Avatar = Text(json, name);
                    break;
                case "owner_id":
                    contact.OwnerId = Whole(member.Value, name);
                    break;
                case "signed_up_at":
                    contact.SignedUpAt = Whole(member.Value, name);
                    break;
                case "last_seen_at":
                    contact.LastSeenAt = Whole(member.Value, name);
                    break;
                case "unsubscribed_from_emails":
                    contact.Unsubscribed = member.Value.ValueKind switch
                    {
                        JsonValueKind.True => true,
                        JsonValueKind.False or JsonValueKind.Null => false,
                        _ => throw errors.Invalid("unsubscribed_from_emails must be a boolean", name),
                    };
                    break;
                default:
                    FillCustom("contact", contact.Custom, member.Value);
                    break;
            }
        }
    }

    private void Fill(IntercomCompany company, JsonElement json)
    {
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;
            switch (name)
            {
                case "name":
                    company.Name = Text(json, name);
                    break;
                case "plan":
                    company.Plan = Text(json, name);
                    break;
                case "website":
                    company.Website = Text(json, name);
                    break;
                case "industry":
                    company.Industry = Text(json, name);
                    break;
                case "size":
                    company.Size = Whole(member.Value, name);
                    break;
                case "remote_created_at":
                    company.RemoteCreatedAt = Whole(member.Value, name);
                    break;
                case "monthly_spend":
                    company.MonthlySpend = member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble() : throw errors.Invalid("monthly_spend must be a number", name);
                    break;
                case "custom_attributes":
                    FillCustom("company", company.Custom, member.Value);
                    break;
                default:
                    break;
            }
        }

        company.UpdatedAt = Now;
    }

    private void FillCustom(string model, Dictionary<string, object?> custom, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return;
        if (json.ValueKind != JsonValueKind.Object)
            throw errors.Invalid("custom_attributes must be an object", "custom_attributes");
        foreach (var member in json.EnumerateObject())
        {
            var attribute = state.Custom(model, member.Name) ?? throw errors.Invalid($"Custom attribute '{member.Name}' does not exist", member.Name);
            if (!attribute.Fits(member.Value))
                throw errors.Invalid($"Custom attribute '{member.Name}' must be of type {attribute.DataType}", member.Name);
            if (member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Length > options.LongestText)
                throw errors.Invalid($"Custom attribute '{member.Name}' is too long (maximum is {options.LongestText} characters)", member.Name);
            custom[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Number => member.Value.TryGetInt64(out var whole) ? whole : member.Value.GetDouble(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            };
        }
    }

    private void RefuseTwins(IntercomContact contact, IntercomContact? self = null)
    {
        if (!options.RefuseDuplicates)
            return;
        if (contact.ExternalId is { } externalId && state.WithExternalId(externalId) is { } twin && twin != (self ?? contact))
            throw errors.Refusal(409, "conflict", $"A contact matching those details already exists with id={twin.Id}");
        if (contact is { Role: "user", Email: { } email } && state.WithEmail(email).FirstOrDefault(other => other.Role == "user" && other.Id != contact.Id) is { } same)
        {
            throw errors.Refusal(409, "conflict", same.Archived
                ? $"An archived contact matching those details already exists with id={same.Id}"
                : $"A contact matching those details already exists with id={same.Id}");
        }
    }

    private void RefuseUnknown(JsonElement json, string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw errors.Invalid("the body must be an object");
        foreach (var member in json.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw errors.Refusal(400, "bad_request", $"bad '{member.Name}' parameter");
        }
    }

    private string? Text(JsonElement json, string name) => json.Member(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } value when value.GetString()!.Length > options.LongestText => throw errors.Invalid($"{name} is too long (maximum is {options.LongestText} characters)", name),
        { ValueKind: JsonValueKind.String } value => value.GetString() is { Length: > 0 } text ? text : null,
        _ => throw errors.Invalid($"{name} must be a string", name),
    };

    private string? Email(string? email) => email is null || (email.Contains('@', StringComparison.Ordinal) && !email.Contains(' ', StringComparison.Ordinal))
        ? email
        : throw errors.Invalid("The email address is invalid", "email");

    private long? Whole(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        _ => throw errors.Invalid($"{name} must be an integer", name),
    };

    private static void Copy(IntercomContact from, IntercomContact to)
    {
        (to.Role, to.ExternalId, to.Email, to.Phone, to.Name, to.Avatar) = (from.Role, from.ExternalId, from.Email, from.Phone, from.Name, from.Avatar);
        (to.OwnerId, to.Unsubscribed, to.SignedUpAt, to.LastSeenAt, to.Custom) = (from.OwnerId, from.Unsubscribed, from.SignedUpAt, from.LastSeenAt, from.Custom);
    }
}
