using StackHub.Mapping;

namespace StackHub.Connectors.Intercom;

/// <summary>The data attributes the default maps need: what is missing, and how to create it.</summary>
internal sealed class IntercomAttributes(IntercomApi api)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken) =>
    [
        .. from need in await NeedsAsync(cancellationToken)
           where need.Found?.ApiWritable != true
           select need.Found is null
               ? $"Intercom has no {need.Model} attribute '{need.Name}' (for '{need.Field}'): let setup create it, or create it in Settings > Data."
               : $"Intercom's {need.Model} attribute '{need.Name}' (for '{need.Field}') cannot be written by API: allow it in Settings > Data, or map another.",
    ];

    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken)
    {
        List<string> created = [];
        foreach (var need in (await NeedsAsync(cancellationToken)).Where(n => n.Found is null))
        {
            var reply = await api.CreateAttributeAsync(new IntercomNewAttribute(need.Name, need.Model, TypeOf(need.Type)), cancellationToken);
            if (reply.IsSuccess)
                created.Add($"Created the {need.Model} attribute '{need.Name}' for '{need.Field}'.");
        }
        return created;
    }

    private async Task<IReadOnlyList<Need>> NeedsAsync(CancellationToken cancellationToken)
    {
        List<Need> needs = [];
        foreach (var map in IntercomMapping.DefaultMaps)
        {
            FieldMap[] custom = [.. map.Fields.Where(f => IntercomFields.IsCustom(f.VendorField))];
            if (custom.Length == 0)
                continue;
            var model = map.ObjectType == IntercomFields.Contacts ? "contact" : "company";
            var known = await api.AttributesAsync(model, cancellationToken);
            needs.AddRange(custom.Select(f => new Need(model, IntercomFields.AttributeOf(f.VendorField), f.Field, f.Type,
                known.FirstOrDefault(a => a.Custom == true && a.Name == IntercomFields.AttributeOf(f.VendorField)))));
        }
        return needs;
    }

    private static string TypeOf(FieldType type) => type switch
    {
        FieldType.Boolean => "boolean",
        FieldType.Number => "float",
        FieldType.Date or FieldType.Instant => "datetime",
        _ => "string",
    };

    private sealed record Need(string Model, string Name, string Field, FieldType Type, IntercomAttribute? Found);
}
