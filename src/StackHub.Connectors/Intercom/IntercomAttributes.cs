using StackHub.Mapping;

namespace StackHub.Connectors.Intercom;

/// <summary>The data attributes the default maps need: names what is missing, and creates it where the settings allow.</summary>
internal sealed class IntercomAttributes(IntercomApi api, IntercomOptions options)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        List<string> problems = [];
        foreach (var map in IntercomMapping.DefaultMaps)
            problems.AddRange(await ProblemsAsync(map, cancellationToken));
        return problems;
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(ObjectMap map, CancellationToken cancellationToken)
    {
        FieldMap[] custom = [.. map.Fields.Where(f => IntercomFields.IsCustom(f.VendorField))];
        if (custom.Length == 0)
            return [];
        var model = map.ObjectType == IntercomFields.Contacts ? "contact" : "company";
        var known = await api.AttributesAsync(model, cancellationToken);
        List<string> problems = [];
        foreach (var field in custom)
        {
            var found = known.FirstOrDefault(a => a.Custom == true && a.Name == IntercomFields.AttributeOf(field.VendorField));
            if (found?.ApiWritable == false)
                problems.Add($"Intercom's {model} attribute '{found.Name}' is not writable by API: change it in Settings > Data, or map '{field.Field}' elsewhere.");
            else if (found is null && await CreateAsync(model, field, cancellationToken) is { } problem)
                problems.Add(problem);
        }
        return problems;
    }

    private async Task<string?> CreateAsync(string model, FieldMap field, CancellationToken cancellationToken)
    {
        var name = IntercomFields.AttributeOf(field.VendorField);
        if (!options.CreateAttributes)
            return $"Intercom has no {model} attribute '{name}' (for '{field.Field}'): create it in Settings > Data, or set createAttributes to true and check again.";
        var reply = await api.CreateAttributeAsync(new IntercomNewAttribute(name, model, TypeOf(field.Type)), cancellationToken);
        return reply.IsSuccess ? null : $"Intercom refused to create the {model} attribute '{name}' ({reply.Error?.Code}): create it in Settings > Data.";
    }

    private static string TypeOf(FieldType type) => type switch
    {
        FieldType.Boolean => "boolean",
        FieldType.Number => "float",
        FieldType.Date or FieldType.Instant => "datetime",
        _ => "string",
    };
}
