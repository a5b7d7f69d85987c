using StackHub.Connecting;

namespace StackHub.Connectors.HubSpot;

/// <summary>Our own unique property on each object type: is it there, and if not, make it.</summary>
internal sealed class HubSpotSetup(HubSpotApi api, string idProperty)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        try
        {
            foreach (var type in HubSpotObject.All)
            {
                var property = await api.PropertyAsync(type, idProperty, cancellationToken).ConfigureAwait(false);
                if (property is null)
                    problems.Add($"HubSpot's {type.Name} have no property '{idProperty}': let the hub create it, or add it as single-line text with unique values.");
                else if (!property.HasUniqueValue)
                    problems.Add($"HubSpot's property '{idProperty}' of {type.Name} does not require unique values: remove it and let the hub create it.");
            }
        }
        catch (VendorUnavailableException e)
        {
            problems.Add(e.NeedsPerson ? $"HubSpot refuses our credentials or permissions ({e.Reason})." : $"HubSpot cannot be reached now ({e.Reason}).");
        }

        return problems;
    }

    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken)
    {
        var created = new List<string>();
        foreach (var type in HubSpotObject.All)
        {
            if (await api.PropertyAsync(type, idProperty, cancellationToken).ConfigureAwait(false) is not null)
                continue;
            var property = new HubSpotNewProperty(idProperty, "StackHub id", "string", "text", type.PropertyGroup, "The record's id in StackHub. Do not edit.", HasUniqueValue: true);
            await api.CreatePropertyAsync(type, property, cancellationToken).ConfigureAwait(false);
            created.Add($"Created the property '{idProperty}' of HubSpot's {type.Name}.");
        }

        return created;
    }
}
