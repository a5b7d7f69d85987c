using StackHub.Connectors.Http;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Brings the contact roles of stored opportunities to what their writes want.</summary>
internal sealed class ContactRoleWriter(SalesforceApi api, RowContexts contexts)
{
    private readonly CollectionsCall collections = new(api);

    /// <summary>The worst error of each opportunity's roles; those without one are as wanted.</summary>
    public async Task<IReadOnlyDictionary<string, SalesforceError>> WriteAsync(IReadOnlyList<(string OpportunityId, FieldValue Value)> wanted, CancellationToken cancellationToken)
    {
        var stored = await contexts.RolesAsync([.. wanted.Select(entry => entry.OpportunityId)], cancellationToken).ConfigureAwait(false);
        var diffs = wanted.Select(entry => (entry.OpportunityId, Diff: ContactRoleDiff.Between(stored.Of(entry.OpportunityId), ContactRole.Wanted(entry.Value)))).ToList();
        var errors = new Dictionary<string, SalesforceError>(StringComparer.Ordinal);
        await SendAsync(HttpMethod.Post, [.. diffs.SelectMany(diff => diff.Diff.Insert, Pair)], SalesforceRequests.InsertRoles, errors, cancellationToken).ConfigureAwait(false);
        await SendAsync(HttpMethod.Patch, [.. diffs.SelectMany(diff => diff.Diff.Update, Pair)], roles => SalesforceRequests.UpdateRoles(roles.Select(entry => entry.Role)), errors, cancellationToken).ConfigureAwait(false);
        await DeleteAsync([.. diffs.SelectMany(diff => diff.Diff.Delete, Pair)], errors, cancellationToken).ConfigureAwait(false);
        return errors;
    }

    private static (string OpportunityId, ContactRole Role) Pair((string OpportunityId, ContactRoleDiff Diff) diff, ContactRole role) => (diff.OpportunityId, role);

    private async Task SendAsync(HttpMethod method, IReadOnlyList<(string OpportunityId, ContactRole Role)> roles, Func<IEnumerable<(string OpportunityId, ContactRole Role)>, byte[]> body, Dictionary<string, SalesforceError> errors, CancellationToken cancellationToken)
    {
        foreach (var batch in roles.Chunk(SalesforceObject.Batch))
            Note(batch, await collections.SendAsync("contactRoles.write", method, SalesforceRequests.Collections, batch, body, (_, _) => false, cancellationToken).ConfigureAwait(false), errors);
    }

    private async Task DeleteAsync(IReadOnlyList<(string OpportunityId, ContactRole Role)> roles, Dictionary<string, SalesforceError> errors, CancellationToken cancellationToken)
    {
        foreach (var batch in roles.Chunk(SalesforceObject.Batch))
        {
            var answer = await api.SaveAsync(VendorCall.Write("contactRoles.delete", batch.Length), HttpMethod.Delete, SalesforceRequests.DeletePath(batch.Select(entry => entry.Role.Id)), body: null, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is not null)
                throw api.Unavailable("contactRoles.delete", answer.Refusal);
            Note(batch, [.. answer.Results.Select(Deleted)], errors);
        }
    }

    /// <summary>A role that someone else deleted first is as gone as we wanted it.</summary>
    private static SaveResult Deleted(SaveResult result) =>
        result.Errors is [{ Code: "ENTITY_IS_DELETED" or "INVALID_CROSS_REFERENCE_KEY" }, ..] ? result with { Success = true } : result;

    private static void Note((string OpportunityId, ContactRole Role)[] batch, IReadOnlyList<SaveResult> results, Dictionary<string, SalesforceError> errors)
    {
        foreach (var ((opportunity, _), result) in batch.Zip(results))
            if (!result.Success && result.Errors is [var error, ..])
                errors[opportunity] = error;
    }
}
