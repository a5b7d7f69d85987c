using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>What must be so in Marketo before it can be synced, and the one field that can be created for it.</summary>
internal sealed class MarketoSetup(MarketoApi api, MarketoOptions options)
{
    private const string CrmEnabled = "1018";

    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. LeadProblems(await LeadAsync(cancellationToken).ConfigureAwait(false)), .. await CompanyProblemsAsync(cancellationToken).ConfigureAwait(false)];
        }
        catch (VendorUnavailableException e)
        {
            return [e.NeedsPerson ? $"Marketo refuses us ({e.Reason}): check clientId, clientSecret and the permissions of the API user's role." : $"Marketo cannot be reached: {e.Reason}."];
        }
    }

    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken)
    {
        var lead = await LeadAsync(cancellationToken).ConfigureAwait(false);
        if (FieldOf(lead) is not null)
            return [];
        var created = await api.CreateFieldsAsync(new([new("StackHub id", options.IdField, "string", "The hub's id of this person. Not to be edited.")]), cancellationToken).ConfigureAwait(false);
        return api.Required(created, "leads.createFields").Result is [{ Status: "created" }] ? [$"Created the lead field '{options.IdField}'."] : [];
    }

    private async Task<MarketoItem> LeadAsync(CancellationToken cancellationToken) =>
        api.Required(await api.DescribeLeadsAsync(cancellationToken).ConfigureAwait(false), "leads.describe").Result is [var lead, ..] ? lead : throw api.Unavailable("leads.describe: an empty answer");

    private IEnumerable<string> LeadProblems(MarketoItem lead)
    {
        if (FieldOf(lead) is not { } field)
            yield return $"Marketo has no lead field '{options.IdField}' for the hub's id: let setup create it, or create it as a string in Admin > Field Management.";
        else if (field.Text("updateable") != "true" || field.Text("dataType") != "string")
            yield return $"Marketo's lead field '{options.IdField}' must be a string that can be written by API.";
    }

    private MarketoItem? FieldOf(MarketoItem lead)
    {
        foreach (var field in lead.Items("fields"))
        {
            if (field.Text("name") == options.IdField)
                return field;
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> CompanyProblemsAsync(CancellationToken cancellationToken)
    {
        var reply = await api.DescribeAsync(MarketoObject.Companies, cancellationToken).ConfigureAwait(false);
        if (reply.Error is { Code: CrmEnabled })
            return ["Marketo syncs its companies and opportunities with a CRM of its own: set them to none under objects, and sync that CRM instead."];
        api.Required(reply, "companies.describe");
        return [];
    }
}
