using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Zendesk;

/// <summary>The custom fields the default maps need, and who we are there.</summary>
internal sealed class ZendeskSetup(ZendeskApi api)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var role = await api.MyRoleAsync(cancellationToken).ConfigureAwait(false);
            if (role != "admin")
                return [role is null ? "Zendesk does not know our credentials: check email, apiToken or the OAuth grant." : $"Zendesk knows us as '{role}': exports and custom fields need an admin's token."];
            return
            [
                .. from need in await NeedsAsync(cancellationToken).ConfigureAwait(false)
                   where need.Found?.Active != true
                   select need.Found is null
                       ? $"Zendesk has no field '{need.Key}' in {need.Type.Fields} (for '{need.Field}') and would drop its values without a word: let setup create it, or create it in Admin Center."
                       : $"Zendesk's field '{need.Key}' in {need.Type.Fields} (for '{need.Field}') is not active: activate it in Admin Center.",
            ];
        }
        catch (VendorUnavailableException e)
        {
            return [e.NeedsPerson ? $"Zendesk refuses us ({e.Reason}): check email, apiToken or the OAuth grant, and that it is an admin's." : $"Zendesk cannot be reached: {e.Reason}."];
        }
    }

    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken)
    {
        List<string> created = [];
        foreach (var need in (await NeedsAsync(cancellationToken).ConfigureAwait(false)).Where(need => need.Found is null))
        {
            if (await api.CreateCustomFieldAsync(need.Type, need.Key, KindOf(need.FieldType), TitleOf(need.Key), cancellationToken).ConfigureAwait(false))
                created.Add($"Created the field '{need.Key}' in {need.Type.Fields} for '{need.Field}'.");
        }
        return created;
    }

    private async Task<IReadOnlyList<Need>> NeedsAsync(CancellationToken cancellationToken)
    {
        List<Need> needs = [];
        foreach (var map in ZendeskMaps.Default)
        {
            var type = ZendeskType.Of(map.ObjectType);
            var known = await KnownAsync(type, cancellationToken).ConfigureAwait(false);
            needs.AddRange(map.Fields.Where(field => type.IsCustom(field.VendorField))
                .Select(field => new Need(type, type.KeyOf(field.VendorField), field.Field, field.Type, known.FirstOrDefault(one => one.Key == type.KeyOf(field.VendorField)))));
        }
        return needs;
    }

    private async Task<IReadOnlyList<ZendeskCustomField>> KnownAsync(ZendeskType type, CancellationToken cancellationToken)
    {
        List<ZendeskCustomField> known = [];
        for (string? cursor = null; ;)
        {
            var page = await api.CustomFieldsAsync(type, cursor, cancellationToken).ConfigureAwait(false);
            known.AddRange(page.All);
            if (page.Meta is not { HasMore: true, AfterCursor: { } next } || next == cursor)
                return known;
            cursor = next;
        }
    }

    private static string KindOf(FieldType type) => type switch
    {
        FieldType.Boolean => "checkbox",
        FieldType.Number => "decimal",
        FieldType.Date => "date",
        _ => "text",
    };

    private static string TitleOf(string key) => char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' ');

    private sealed record Need(ZendeskType Type, string Key, string Field, FieldType FieldType, ZendeskCustomField? Found);
}
