using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>A resolved field path such as Account.Name: the steps over lookups and the field at the end.</summary>
internal sealed record SoqlPath(IReadOnlyList<string> Steps, Field Field, Func<SObjectRow, object?> Value);

/// <summary>Resolves field paths against the org's objects.</summary>
internal sealed class SoqlPaths(SalesforceState state)
{
    public SoqlPath Resolve(SObjectType type, string path)
    {
        var names = path.Split('.');
        if (names.Length > 1 && names[0].Equals(type.Name, StringComparison.OrdinalIgnoreCase) && !type.Relationships.ContainsKey(names[0]))
            names = names[1..];
        var (current, lookups, steps) = (type, new List<(int Ordinal, string Target)>(), new List<string>());
        foreach (var name in names[..^1])
        {
            if (!current.Relationships.TryGetValue(name, out var lookup))
                throw Unknown($"Didn't understand relationship '{name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.");
            lookups.Add((current.Ordinal(lookup.Name), lookup.ReferenceTo!));
            steps.Add(lookup.Relationship!);
            current = StandardObjects.All[lookup.ReferenceTo!];
        }

        var field = current.Find(names[^1]) ?? throw Unknown($"\n{path}\n^\nERROR at Row:1:Column:1\nNo such column '{names[^1]}' on entity '{current.Name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.");
        var ordinal = current.Ordinal(field.Name);
        return new(steps, field, row => Walk(row, lookups)?.Values[ordinal]);
    }

    private SObjectRow? Walk(SObjectRow? row, List<(int Ordinal, string Target)> lookups)
    {
        foreach (var (ordinal, target) in lookups)
            row = row?.Values[ordinal] is string id ? state.Table(target)!.Find(id) : null;
        return row;
    }

    private static Hosting.VendorRefusal Unknown(string message) => new SalesforceError("INVALID_FIELD", message).Refusal();
}
