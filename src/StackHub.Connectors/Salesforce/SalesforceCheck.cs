using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Salesforce;

/// <summary>What a person must mend before syncing: the API version, missing or hidden fields, missing permissions, the hub id field.</summary>
internal sealed class SalesforceCheck(SalesforceApi api, SalesforceOptions options)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<string> problems = [.. await VersionAsync(cancellationToken).ConfigureAwait(false)];
            if (problems.Count > 0)
                return problems;
            foreach (var map in SalesforceMaps.Default)
                problems.AddRange(Of(map, await DescribeAsync(map.ObjectType, cancellationToken).ConfigureAwait(false)));
            return problems;
        }
        catch (VendorUnavailableException e) when (e.NeedsPerson)
        {
            return [$"Salesforce refused us ({e.Reason}): check loginUrl, the credentials and that the user has API access."];
        }
    }

    /// <summary>Pure: one object's description beside its map.</summary>
    public IEnumerable<string> Of(ObjectMap map, ObjectDescription? found)
    {
        if (found is null)
            return [$"Salesforce: the object {map.ObjectType} is not there, or the user may not see it."];
        var fields = found.Fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        return [.. Permissions(map, found), .. HubId(map, fields), .. Fields(map, fields)];
    }

    private async Task<IEnumerable<string>> VersionAsync(CancellationToken cancellationToken)
    {
        var versions = await api.GetAsync("versions", "/services/data", SalesforceJson.Default.ApiVersionArray, cancellationToken).ConfigureAwait(false) ?? [];
        return versions.Any(version => version.Version == options.ApiVersion) ? [] : [$"Salesforce: the organisation has no API version {options.ApiVersion}; set apiVersion."];
    }

    private Task<ObjectDescription?> DescribeAsync(string objectType, CancellationToken cancellationToken) =>
        api.GetAsync("describe", $"{api.Root}/sobjects/{objectType}/describe", SalesforceJson.Default.ObjectDescription, cancellationToken);

    private static IEnumerable<string> Permissions(ObjectMap map, ObjectDescription found)
    {
        if (!found.Queryable)
            yield return $"Salesforce: the user may not read {map.ObjectType}.";
        if (!found.Createable)
            yield return $"Salesforce: the user may not create {map.ObjectType}.";
        if (!found.Updateable)
            yield return $"Salesforce: the user may not edit {map.ObjectType}.";
    }

    private IEnumerable<string> HubId(ObjectMap map, Dictionary<string, FieldDescription> fields)
    {
        if (!fields.TryGetValue(options.HubIdField, out var field))
            yield return $"Salesforce: {map.ObjectType}.{options.HubIdField} is missing; create it as Text(32), External ID and Unique, and let the user edit it.";
        else if (!field.ExternalId || !field.Unique)
            yield return $"Salesforce: {map.ObjectType}.{options.HubIdField} must be marked External ID and Unique, else creates could be doubled.";
        else if (!field.Createable)
            yield return $"Salesforce: the user may not set {map.ObjectType}.{options.HubIdField}.";
    }

    private static IEnumerable<string> Fields(ObjectMap map, Dictionary<string, FieldDescription> fields)
    {
        foreach (var mapped in map.Fields.Where(mapped => mapped.VendorField != SalesforceMaps.ContactRoles))
            if (!fields.TryGetValue(mapped.VendorField, out var field))
                yield return $"Salesforce: {map.ObjectType}.{mapped.VendorField} is not there, or field-level security hides it from the user.";
            else if (!field.Updateable && mapped.Direction.HasFlag(MapDirection.Out))
                yield return $"Salesforce: the user may not edit {map.ObjectType}.{mapped.VendorField}.";
    }
}
