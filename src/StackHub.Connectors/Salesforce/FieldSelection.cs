namespace StackHub.Connectors.Salesforce;

/// <summary>
/// The fields of one read. A field that was deleted, or is hidden from our user, makes Salesforce refuse the whole query: it is left out,
/// so that the rest keeps flowing, and the records count as incomplete. <c>CheckAsync</c> names it to a person.
/// </summary>
internal sealed class FieldSelection
{
    private readonly List<string> fields;

    public FieldSelection(SalesforceObject type, IReadOnlyList<string> asked)
    {
        WithRoles = type.HasContactRoles && asked.Contains(SalesforceMaps.ContactRoles);
        fields = [.. asked.Where(field => field != SalesforceMaps.ContactRoles).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Fields => fields;

    public bool WithRoles { get; }

    public bool Complete { get; private set; } = true;

    /// <summary>True when the refusal names a field of ours, which is now left out.</summary>
    public bool LeaveOut(SalesforceError refusal)
    {
        if (SalesforceErrors.MissingField(refusal) is not { } missing || fields.RemoveAll(field => string.Equals(field, missing, StringComparison.OrdinalIgnoreCase)) == 0)
            return false;
        Complete = false;
        return true;
    }
}
